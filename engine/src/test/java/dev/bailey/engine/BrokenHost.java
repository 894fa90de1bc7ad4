package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BrokenPart;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.TcpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A host whose engine has a sandbox that talks to the internet all the time while others break things. */
final class BrokenHost implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    final LabHost host;
    final LabHost internet;
    final LabHost web;
    final IptablesHost on;
    final Endpoint endpoint;
    private final BlockingQueue<EngineEvent.Repaired> repairs = new LinkedBlockingQueue<>();
    private final Set<BrokenPart> postponed = ConcurrentHashMap.newKeySet();
    private final TcpConnection connection;

    BrokenHost(LabHost host, LabHost internet, FirewallBackend backend, String variant) throws IOException {
        this.host = host;
        this.internet = internet;
        IptablesHost.wire(host, internet);
        on = new IptablesHost(host, host.lab().directory(), backend, variant);
        web = on.sandbox("web");
        endpoint = on.engine.snapshot().endpoints().iterator().next();
        internet.tcpEcho("198.51.100.1", 7);
        connection = web.connectTcp("198.51.100.1", 7);
        connection.verifyEcho();
        on.engine.subscribe(event -> {
            if (event instanceof EngineEvent.Repaired repaired) {
                repairs.add(repaired);
            }
            if (event instanceof EngineEvent.RepairPostponed later) {
                postponed.add(later.part());
            }
        });
    }

    /** Does harm, and returns when the part is whole and what had been open before still is; says how long that took. */
    EngineEvent.Repaired harm(BrokenPart.Kind kind, String name, String... command) {
        host.exec(command);
        EngineEvent.Repaired repaired = awaitRepair(new BrokenPart(kind, name));
        System.out.printf(
                Locale.ROOT,
                "%s: %s; whole %.1f ms after the notification%n",
                String.join(" ", command),
                repaired.what(),
                repaired.took().toNanos() / 1e6);
        connection.verifyEcho();
        return repaired;
    }

    EngineEvent.Repaired awaitRepair(BrokenPart part) {
        long end = System.nanoTime() + LIMIT.toNanos();
        try {
            while (true) {
                EngineEvent.Repaired next = repairs.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                assertThat(next).as("repair of %s", part).isNotNull();
                if (next.part().equals(part)) {
                    return next;
                }
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Whether the repair of a part has been put off. */
    boolean isPostponed(BrokenPart part) {
        return postponed.contains(part);
    }

    /** What was mended and not waited for. */
    List<String> otherRepairs() {
        return Stream.generate(repairs::poll)
                .takeWhile(java.util.Objects::nonNull)
                .map(each -> each.part() + " " + each.what())
                .toList();
    }

    void verifyConnection() {
        connection.verifyEcho();
    }

    @Override
    public void close() {
        connection.close();
        on.close();
    }
}
