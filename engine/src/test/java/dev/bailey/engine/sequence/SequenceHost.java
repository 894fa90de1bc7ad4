package dev.bailey.engine.sequence;

import dev.bailey.engine.Engine;
import dev.bailey.engine.EngineOptions;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import java.util.List;
import java.util.stream.IntStream;

/** A host with an engine, a neighbour outside that knocks at its ports, and namespaces that are attached and detached. */
final class SequenceHost implements AutoCloseable {
    /** The ports inside that somebody answers at, in every box; no other one is published. */
    static final List<Integer> SERVED = List.of(80, 81);

    /** The ports that somebody answers at outside: the first is the one that allow lists name. */
    static final List<Integer> ASKED = List.of(7, 8);

    private static final int BOXES = 5;

    final LabHost host;
    final LabHost outside;
    final List<LabHost> boxes;
    private final EngineOptions options;
    private Engine engine;

    SequenceHost(Lab lab) {
        host = lab.host("host");
        outside = lab.host("outside");
        lab.link(host, "eth0", address(IpFamily.IPV4) + "/24", outside, "eth0", outside(IpFamily.IPV4) + "/24");
        host.exec("ip", "address", "add", address(IpFamily.IPV6) + "/64", "dev", "eth0", "nodad");
        outside.exec("ip", "address", "add", outside(IpFamily.IPV6) + "/64", "dev", "eth0", "nodad");
        ASKED.forEach(port -> outside.tcpWhoAmI("::", port));
        boxes = IntStream.range(0, BOXES).mapToObj(i -> lab.host("box" + i)).toList();
        boxes.forEach(box -> SERVED.forEach(port -> box.tcpWhoAmI("::", port)));
        options = EngineOptions.of(
                lab.directory().resolve("data"), lab.directory().resolve("exec"));
        engine = start();
    }

    /** The address that ports are knocked at. */
    static String address(IpFamily family) {
        return switch (family) {
            case IPV4 -> "198.51.100.2";
            case IPV6 -> "2001:db8:1::2";
        };
    }

    /** Whom the boxes ask outside. */
    static String outside(IpFamily family) {
        return switch (family) {
            case IPV4 -> "198.51.100.1";
            case IPV6 -> "2001:db8:1::1";
        };
    }

    private Engine start() {
        return host.call(() -> Engine.start(options));
    }

    Engine engine() {
        return engine;
    }

    void restart() {
        engine.close();
        engine = start();
    }

    /** Ends the engine, and whatever a sequence left that failed. */
    @Override
    public void close() {
        engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
        engine.close();
    }
}
