package dev.bailey.bench;

import dev.bailey.bench.contender.Bailey;
import dev.bailey.bench.contender.Contender;
import dev.bailey.bench.contender.IptablesBailey;
import dev.bailey.bench.contender.KernelFloor;
import dev.bailey.bench.measure.Measurement;
import dev.bailey.bench.measure.Quantity;
import dev.bailey.bench.measure.Results;
import dev.bailey.bench.report.Environment;
import dev.bailey.bench.report.Report;
import dev.bailey.bench.report.ResultFile;
import dev.bailey.bench.run.Benchmark;
import dev.bailey.bench.run.Course;
import dev.bailey.bench.run.Entrants;
import dev.bailey.bench.run.PortStages;
import dev.bailey.bench.site.HostNamespace;
import dev.bailey.bench.site.PeerRoot;
import dev.bailey.bench.site.PeerShell;
import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The benchmark itself, in the namespaces that {@link Main} made for it. Started by nobody else. */
final class EnclosedMain {
    static final String LAUNCHER = "bailey.launcher";
    static final String PLACE = "bailey.bench.place";
    static final String TREE = "bailey.bench.tree";
    static final String NOTE = "bailey.bench.note";

    private static final int SPAWNS = 30;

    private final BenchOptions options;
    private final Path launcher;
    private final Place place;
    private final PeerRoot root;
    private final Results results = new Results();
    private final Set<String> names = new LinkedHashSet<>();

    private EnclosedMain(BenchOptions options, Path launcher, Place place, PeerRoot root) {
        this.options = options;
        this.launcher = launcher;
        this.place = place;
        this.root = root;
    }

    public static void main(String[] words) throws IOException {
        Optional<Path> tree = Optional.of(System.getProperty(TREE, ""))
                .filter(path -> !path.isEmpty())
                .map(Path::of);
        EnclosedMain run = new EnclosedMain(
                BenchOptions.parse(words),
                Path.of(System.getProperty(LAUNCHER)),
                new Place(Path.of(System.getProperty(PLACE))),
                new PeerRoot(tree));
        String note = System.getProperty(NOTE, "");
        if (!note.isEmpty()) {
            run.results.note(note);
        }
        System.exit(run.measure() ? 0 : 1);
    }

    /** Runs and prints; returns whether Bailey and the floor came through. */
    private boolean measure() throws IOException {
        Environment environment = Environment.now();
        Course course = options.course();
        Place ofPorts = new Place(place.sub("p"));
        root.mount(place, ofPorts);
        noteCircumstances();
        try {
            boolean whole = options.parts().contains(BenchOptions.Part.ENDPOINTS) ? endpoints(course) : true;
            whole &= options.parts().contains(BenchOptions.Part.PORTS) ? ports(course, ofPorts) : true;
            Report report = new Report(
                    results, List.copyOf(names), course.populations(), course.windowPopulation(), environment);
            System.out.print(report.render());
            return whole;
        } finally {
            if (options.save()) {
                say("saved " + ResultFile.write(launcher.resolveSibling("bench/results"), results, environment));
            }
        }
    }

    /** Returns whether Bailey and the floor came through. */
    private boolean endpoints(Course course) throws IOException {
        try (Entrants entrants = new Entrants(results)) {
            entrants.add(KernelFloor.NAME, () -> KernelFloor.open(place.namespaces()));
            entrants.add(Bailey.NAME, () -> Bailey.open(launcher, place));
            if (options.peers().contains(BenchOptions.Peer.IPTABLES)) {
                entrants.add(IptablesBailey.NAME, () -> IptablesBailey.open(launcher, place));
            }
            addPeers(entrants, place, options.peers());
            new Benchmark(course, entrants, results, EnclosedMain::say).run();
            names.addAll(entrants.names());
            return entrants.running().stream()
                    .map(Contender::name)
                    .toList()
                    .containsAll(List.of(KernelFloor.NAME, Bailey.NAME));
        }
    }

    /** With daemons of their own, in folders of their own; returns whether Bailey came through. */
    private boolean ports(Course course, Place own) throws IOException {
        try (Entrants entrants = new Entrants(results)) {
            entrants.add(Bailey.NAME, () -> Bailey.open(launcher, own));
            Set<BenchOptions.Peer> publishers = EnumSet.noneOf(BenchOptions.Peer.class);
            publishers.addAll(options.peers());
            publishers.remove(BenchOptions.Peer.IPTABLES);
            addPeers(entrants, own, publishers);
            new PortStages(course, entrants, results, EnclosedMain::say).run();
            names.addAll(entrants.names());
            return entrants.running().stream().anyMatch(Bailey.class::isInstance);
        }
    }

    private void addPeers(Entrants entrants, Place at, Set<BenchOptions.Peer> wanted) {
        PeerFinder peers = new PeerFinder(root, at, options.quick());
        for (BenchOptions.Peer peer : BenchOptions.Peer.values()) {
            if (wanted.contains(peer)) {
                entrants.add(peer.title(), () -> peers.find(peer));
            }
        }
    }

    private void noteCircumstances() throws IOException {
        if (!options.peers().isEmpty()) {
            results.note("Peers: " + root.description() + ".");
        }
        boolean cached = Files.exists(launcher.resolveSibling("dist/target/daemon.aot"));
        results.note("Bailey's daemon starts " + (cached ? "with" : "WITHOUT") + " its AOT cache.");
        Measurement spawn = new Measurement("/bin/true", Quantity.SPAWN, 0);
        try (HostNamespace host = HostNamespace.create(place.namespaces().resolve("spawn"));
                PeerShell shell = PeerShell.open(root, host.path(), place.sub("spawn"))) {
            for (int sample = 0; sample < SPAWNS; sample++) {
                long begin = System.nanoTime();
                shell.run("/bin/true", "");
                results.addNanos(spawn, System.nanoTime() - begin);
            }
        }
        results.summary(spawn.contender(), spawn.quantity(), 0)
                .ifPresent(summary -> results.note("Starting a program that does nothing takes " + summary.text()
                        + " ms in the same way; netavark pays that once for each attach, CNI four times."));
    }

    private static void say(String line) {
        System.err.println("bench: " + line);
    }
}
