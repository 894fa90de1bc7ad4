package dev.bailey.lab;

import java.util.ArrayList;
import java.util.List;

/**
 * A record of the packets that pass an interface of a host, made by tcpdump; one line of text for each, with numbers
 * instead of names.
 */
public final class Capture implements AutoCloseable {
    private final LabProcess tcpdump;

    private Capture(LabProcess tcpdump) {
        this.tcpdump = tcpdump;
    }

    static Capture start(LabHost host, String interfaceName, String filter) {
        List<String> words = new ArrayList<>(
                List.of("tcpdump", "--immediate-mode", "-l", "-n", "-e", "-t", "-Z", "root", "-i", interfaceName));
        if (!filter.isBlank()) {
            words.add(filter);
        }
        return new Capture(new Command(host, words).start(process -> process.printed("listening on " + interfaceName)));
    }

    /** The packets so far, in order. */
    public List<String> packets() {
        return tcpdump.lines().stream()
                .filter(line -> !line.startsWith("tcpdump: ") && !line.startsWith("listening on "))
                .toList();
    }

    /**
     * Waits for a packet whose line contains the text, and returns the first such line.
     *
     * @throws LabException when none comes within {@link Await#LIMIT}
     */
    public String awaitPacket(String text) {
        return tcpdump.awaitLine(text);
    }

    /** Stops to record. */
    @Override
    public void close() {
        tcpdump.close();
    }
}
