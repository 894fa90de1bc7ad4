package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.view.DoctorFinding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings as people read them. */
class FindingTextTest {
    @Test
    void of_findings_areParagraphs() {
        DoctorFinding first =
                new DoctorFinding("error", "net.ipv4.ip_forward is 0", "no way out", "sysctl -w\u001b[1m");
        DoctorFinding second = new DoctorFinding("warning", "eth0 of web has MTU 1500", "too large", "start it again");

        assertThat(FindingText.of(List.of(first, second))).isEqualTo("""
                error: net.ipv4.ip_forward is 0
                  why:  no way out
                  mend: sysctl -w?[1m

                warning: eth0 of web has MTU 1500
                  why:  too large
                  mend: start it again
                """);
    }

    @Test
    void of_nothing_saysSo() {
        assertThat(FindingText.of(List.of())).isEqualTo("Nothing is wrong.\n");
    }
}
