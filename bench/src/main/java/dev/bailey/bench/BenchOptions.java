package dev.bailey.bench;

import dev.bailey.bench.run.Course;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run was asked for.
 *
 * @param quick fewer rounds, and no tree of peers is built
 * @param save whether the results are kept in a file
 * @param populations how many endpoints are there, stage by stage
 * @param rounds how many rounds a stage has; empty for the course's own number
 * @param peers who is measured beside Bailey and the floor
 * @param parts what is measured
 */
record BenchOptions(
        boolean quick,
        boolean save,
        List<Integer> populations,
        Optional<Integer> rounds,
        Set<Peer> peers,
        Set<Part> parts) {
    static final String USAGE = """
            Usage: bailey bench [--quick] [--save] [--populations N,...] [--rounds N] [--peers NAME,...|none]
                                [--only endpoints|ports]

            Measures Bailey beside the kernel's floor, Docker, netavark, CNI and iptables, and prints Markdown tables.

              --quick            fewer rounds; no Debian tree is made for the peers if none is there
              --save             keep the results as JSON lines in bench/results
              --populations N,.. endpoints that are there meanwhile, one stage each (1,100,500)
              --rounds N         rounds in each stage (30; with --quick 6)
              --peers NAME,..    of docker, netavark, cni and iptables (all)
              --only PART        endpoints, with networks and starts, or ports (both)
            """;

    private static final List<Integer> POPULATIONS = List.of(1, 100, 500);

    /** Measured with daemons of its own. */
    enum Part {
        /** Endpoints, networks, starts and what the commands take. */
        ENDPOINTS,
        /** Published ports. */
        PORTS
    }

    /** Somebody else's way to give a container its network. */
    enum Peer {
        DOCKER("Docker", true),
        NETAVARK("netavark", true),
        CNI("CNI", true),
        /** The program of this machine, and Bailey with the backend that runs it. */
        IPTABLES("iptables", false);

        private final String title;
        private final boolean fromTree;

        Peer(String title, boolean fromTree) {
            this.title = title;
            this.fromTree = fromTree;
        }

        /** Returns what it is called. */
        String title() {
            return title;
        }
    }

    /** Checks and copies. */
    BenchOptions {
        populations = List.copyOf(populations);
        peers = Set.copyOf(peers);
        parts = Set.copyOf(parts);
    }

    /**
     * Reads the words of the command line.
     *
     * @throws IllegalArgumentException when one is not understood; the text says which and what would be right
     */
    static BenchOptions parse(String... words) {
        Deque<String> rest = new ArrayDeque<>(List.of(words));
        BenchOptions options = new BenchOptions(
                false, false, POPULATIONS, Optional.empty(), EnumSet.allOf(Peer.class), EnumSet.allOf(Part.class));
        while (!rest.isEmpty()) {
            options = options.with(rest.remove(), rest);
        }
        return options;
    }

    private BenchOptions with(String option, Deque<String> rest) {
        return switch (option) {
            case "--quick" -> new BenchOptions(true, save, populations, rounds, peers, parts);
            case "--save" -> new BenchOptions(quick, true, populations, rounds, peers, parts);
            case "--populations" ->
                new BenchOptions(quick, save, numbers(option, value(option, rest)), rounds, peers, parts);
            case "--rounds" ->
                new BenchOptions(
                        quick,
                        save,
                        populations,
                        Optional.of(numbers(option, value(option, rest)).getFirst()),
                        peers,
                        parts);
            case "--peers" -> new BenchOptions(quick, save, populations, rounds, peers(value(option, rest)), parts);
            case "--only" ->
                new BenchOptions(quick, save, populations, rounds, peers, Set.of(part(value(option, rest))));
            default -> throw new IllegalArgumentException("there is no '" + option + "'; see --help");
        };
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.remove();
    }

    private static List<Integer> numbers(String option, String text) {
        try {
            List<Integer> numbers =
                    Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
            if (numbers.stream().allMatch(number -> number > 0)) {
                return numbers;
            }
        } catch (NumberFormatException bad) {
            throw new IllegalArgumentException(option + " " + text + ": whole numbers above 0 would be right", bad);
        }
        throw new IllegalArgumentException(option + " " + text + ": whole numbers above 0 would be right");
    }

    private static Set<Peer> peers(String text) {
        if (text.equals("none")) {
            return Set.of();
        }
        try {
            return Arrays.stream(text.split(","))
                    .map(name -> Peer.valueOf(name.toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toSet());
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                    "--peers " + text + ": some of docker, netavark, cni and iptables, or none would be right", bad);
        }
    }

    private static Part part(String text) {
        try {
            return Part.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("--only " + text + ": endpoints or ports would be right", bad);
        }
    }

    /** Returns whether a tree with the newest peers is to be made where there is none. */
    boolean wantsTree() {
        return !quick && peers.stream().anyMatch(peer -> peer.fromTree);
    }

    /** Returns how much is measured. */
    Course course() {
        Course course = quick ? Course.quick(populations) : Course.full(populations);
        return rounds.map(course::withRounds).orElse(course);
    }
}
