package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Endpoints that may not be as fast as they can. */
@Tag("lab")
@Timeout(60)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class RateLimitsLabTest {
    private static final RateLimits LIMITS =
            new RateLimits(Optional.of(BitRate.parse("8mbit")), Optional.of(BitRate.parse("16mbit")));
    private static final int BYTES = 1_000_000;
    /** What may come at once, and then some. */
    private static final int AT_ONCE = 200_000;

    private LabHost host;
    private LabHost box;
    private IptablesHost on;
    private Endpoint endpoint;

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        on = new IptablesHost(host, lab.directory(), FirewallBackend.NFTABLES, "nft");
        box = lab.host("box");
        endpoint = on.engine.attach(
                AttachRequest.of(new SandboxTarget.Foreign(box.path(), "box")).withLimits(LIMITS));
    }

    @AfterEach
    void stop() {
        on.close();
    }

    private static String limits(LabHost where, String link) {
        return where.exec("tc", "qdisc", "show", "dev", link).output();
    }

    private String hostEnd() {
        return endpoint.hostEnd().value();
    }

    /** How long it takes to get a million bytes from another host. */
    private static Duration transfer(LabHost from, String address, LabHost to) {
        from.exec(
                "sh",
                "-c",
                "socat -u SYSTEM:'head -c " + BYTES
                        + " /dev/zero' TCP-LISTEN:7000,reuseaddr </dev/null >/dev/null 2>&1 &");
        long start = System.nanoTime();
        assertThat(to.exec("sh", "-c", "socat -u TCP:" + address + ":7000,retry=50,interval=0.1 - | wc -c")
                        .output()
                        .strip())
                .isEqualTo(String.valueOf(BYTES));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration least(BitRate rate) {
        return Duration.ofMillis((BYTES - AT_ONCE) * 1000L / rate.bytesPerSecond());
    }

    @Test
    void transfers_areNoFasterThanTheLimits() {
        Duration in = transfer(host, "172.17.0.1", box);
        Duration out =
                transfer(box, endpoint.ipv4().orElseThrow().address().address().toString(), host);
        System.out.println("in " + in.toMillis() + " ms, out " + out.toMillis() + " ms");
        assertThat(in).isGreaterThan(least(LIMITS.in().orElseThrow()));
        assertThat(out).isGreaterThan(least(LIMITS.out().orElseThrow()));
        assertThat(limits(host, hostEnd())).contains("tbf 1: root", "rate 8Mbit");
        assertThat(limits(box, "eth0")).contains("tbf 1: root", "rate 16Mbit");
    }

    @Test
    void limitsAreTakenAway_aStartPutsThemBack_andNewEndsHaveThem() {
        on.engine.close();
        host.exec("tc", "qdisc", "del", "dev", hostEnd(), "root");
        on.engine = on.start(FirewallBackend.NFTABLES);
        assertThat(limits(host, hostEnd())).contains("rate 8Mbit");
        assertThat(on.engine.snapshot().endpoints())
                .singleElement()
                .satisfies(each -> assertThat(each.limits()).isEqualTo(LIMITS));

        on.engine.close();
        host.exec("ip", "link", "del", hostEnd());
        on.engine = on.start(FirewallBackend.NFTABLES);
        assertThat(limits(host, hostEnd())).contains("rate 8Mbit");
        assertThat(limits(box, "eth0")).contains("rate 16Mbit");
    }
}
