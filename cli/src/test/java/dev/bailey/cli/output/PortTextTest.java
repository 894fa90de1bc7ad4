package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.container.PortSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Docker's client prints for the same ports. */
class PortTextTest {
    @Test
    void of_bothFamilies_asDockerPrintsThem() {
        assertThat(PortText.of(List.of(
                        new PortSummary("::", 8080, 8080, "tcp"),
                        new PortSummary("0.0.0.0", 8080, 8080, "tcp"),
                        new PortSummary("2001:db8::1", 81, 8081, "tcp"))))
                .isEqualTo("0.0.0.0:8080->8080/tcp, [2001:db8::1]:8081->81/tcp, [::]:8080->8080/tcp");
    }

    @Test
    void of_singlePortsAndRanges() {
        assertThat(PortText.of(List.of())).isEmpty();
        assertThat(PortText.of(List.of(new PortSummary(null, 80, null, "tcp")))).isEqualTo("80/tcp");
        assertThat(PortText.of(List.of(
                        new PortSummary("0.0.0.0", 8001, 8001, "tcp"),
                        new PortSummary("127.0.0.1", 80, 8080, "tcp"),
                        new PortSummary("0.0.0.0", 8000, 8000, "tcp"),
                        new PortSummary("0.0.0.0", 53, 53, "udp"),
                        new PortSummary(null, 99, null, "tcp"),
                        new PortSummary("0.0.0.0", 8002, 8002, "tcp"),
                        new PortSummary("0.0.0.0", 8003, 9003, "tcp"))))
                .isEqualTo("99/tcp, 0.0.0.0:8000-8002->8000-8002/tcp, 0.0.0.0:9003->8003/tcp, 0.0.0.0:53->53/udp,"
                        + " 127.0.0.1:8080->80/tcp");
    }
}
