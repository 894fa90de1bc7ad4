package dev.bailey.engine.benchmark;

import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.Engine;
import dev.bailey.engine.EngineEvent;
import dev.bailey.engine.EngineOptions;
import dev.bailey.engine.SandboxTarget;
import dev.bailey.engine.model.BrokenPart;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What published ports cost, on an engine in this process and a host made of a namespace: an attach with 32 of them beside one
 * with none, with 0, 1,900 and 15,000 published already; a range of 10,000; a repair of the rules with 500.
 *
 * <p>Prints a line for each: the median and the fastest in milliseconds. {@code --quick} takes fewer of each. Needs root.
 */
public final class PortsMain {
    private static final int[] PUBLISHED = {0, 1_900, 15_000};
    private static final int PORTS = 32;
    private static final int FIRST = 10_000;
    private static final int FIRST_OF_OTHERS = 20_000;
    private static final int FILLERS = 20;

    private final Lab lab;
    private final Engine engine;
    private final int rounds;
    private final List<Endpoint> fillers = new ArrayList<>();
    private int published;

    private PortsMain(Lab lab, Engine engine, int rounds) {
        this.lab = lab;
        this.engine = engine;
        this.rounds = rounds;
    }

    /** Runs all of it. */
    public static void main(String[] words) throws InterruptedException {
        boolean quick = List.of(words).contains("--quick");
        try (Lab lab = Lab.create()) {
            LabHost host = lab.host("host");
            EngineOptions options = EngineOptions.of(
                    lab.directory().resolve("data"), lab.directory().resolve("exec"));
            try (Engine engine = host.call(() -> Engine.start(options))) {
                PortsMain bench = new PortsMain(lab, engine, quick ? 10 : 100);
                bench.attaches();
                bench.repairs(host);
                engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
            }
        }
    }

    private void attaches() {
        LabHost box = lab.host("box");
        List<PortRequest> ports = IntStream.range(FIRST, FIRST + PORTS)
                .mapToObj(port -> PortRequest.parse(port + ":" + (port - FIRST + 1)))
                .toList();
        List<PortRequest> range = List.of(PortRequest.parse("40000-49999:40000-49999"));
        IntStream.range(0, FILLERS).forEach(i -> fillers.add(attach(lab.host("filler" + i), List.of())));
        measure("warm-up", () -> cycle(box, ports));
        for (int wanted : PUBLISHED) {
            fill(wanted);
            measure("attach without ports, " + wanted + " published", () -> cycle(box, List.of()));
            measure("attach with 32 ports, " + wanted + " published", () -> cycle(box, ports));
            measure("publish one port, " + wanted + " published", () -> live(ports.subList(0, 1)));
            measure("publish a range of 10,000, " + wanted + " published", () -> live(range));
        }
    }

    private Endpoint attach(LabHost box, List<PortRequest> ports) {
        return engine.attach(AttachRequest.of(new SandboxTarget.Foreign(box.path(), box.name()))
                .withPorts(ports));
    }

    private long cycle(LabHost box, List<PortRequest> ports) {
        long begin = System.nanoTime();
        Endpoint endpoint = attach(box, ports);
        long took = System.nanoTime() - begin;
        engine.detach(endpoint.id());
        return took;
    }

    private long live(List<PortRequest> ports) {
        Endpoint endpoint = fillers.getFirst();
        long begin = System.nanoTime();
        List<PortMapping> mappings = engine.publish(endpoint.id(), ports);
        long took = System.nanoTime() - begin;
        engine.unpublish(endpoint.id(), mappings);
        return took;
    }

    private void fill(int wanted) {
        while (published < wanted) {
            int first = FIRST_OF_OTHERS + published;
            int count = Math.min(PORTS, wanted - published);
            List<PortRequest> more = IntStream.range(first, first + count)
                    .mapToObj(port -> PortRequest.parse(port + ":80"))
                    .toList();
            engine.publish(fillers.get(1 + published / PORTS % (FILLERS - 1)).id(), more);
            published += count;
        }
    }

    /** Nobody but the engine can change its own table; the operator's is looked at together with it. */
    private void repairs(LabHost host) throws InterruptedException {
        fillers.forEach(filler -> engine.unpublish(
                filler.id(),
                engine.snapshot().ports().of(filler.id()).stream()
                        .map(port -> port.mapping())
                        .toList()));
        published = 0;
        fill(500);
        BlockingQueue<Duration> repaired = new LinkedBlockingQueue<>();
        try (Engine.Subscription _ = engine.subscribe(event -> {
            if (event instanceof EngineEvent.Repaired done && done.part().kind() == BrokenPart.Kind.RULES) {
                repaired.add(done.took());
            }
        })) {
            long[] took = new long[3];
            for (int i = 0; i < took.length; i++) {
                host.exec("nft", "delete", "table", "inet", "bailey-user");
                Duration one = repaired.poll(10, TimeUnit.SECONDS);
                took[i] = one == null ? Long.MAX_VALUE : one.toNanos();
            }
            print("repair of the rules, 500 published", took);
        }
    }

    private interface Round {
        long nanos();
    }

    private void measure(String what, Round round) {
        print(what, IntStream.range(0, rounds).mapToLong(_ -> round.nanos()).toArray());
    }

    private static void print(String what, long... nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%-50s median %8.3f ms  min %8.3f ms  n=%d%n",
                what, nanos[nanos.length / 2] / 1e6, nanos[0] / 1e6, nanos.length);
    }
}
