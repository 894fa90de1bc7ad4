package dev.bailey.engine.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, in words. */
final class History {
    private final List<String> lines = new ArrayList<>();
    private int rounds;

    void begin(String round) {
        lines.add(++rounds + ". " + round);
    }

    void add(String line) {
        lines.add("     " + line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
