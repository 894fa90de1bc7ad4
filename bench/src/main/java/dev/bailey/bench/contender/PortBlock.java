package dev.bailey.bench.contender;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The ports that a slot publishes: {@value #COUNT} of TCP, one by one, each to the same port inside. */
final class PortBlock {
    /** How many there are in a block. */
    static final int COUNT = 32;

    private static final int FIRST = 10_000;

    private PortBlock() {}

    /** Returns the lowest port of a slot. */
    static int first(int slot) {
        return FIRST + slot * COUNT;
    }

    private static <T> List<T> each(int slot, IntFunction<T> one) {
        return IntStream.range(first(slot), first(slot) + COUNT).mapToObj(one).toList();
    }

    /** Returns the ports as the command line of container engines takes them. */
    static List<String> mappings(int slot) {
        return each(slot, port -> port + ":" + port);
    }

    /** Returns them in JSON, each written by a template with two places for the port. */
    static String json(int slot, String template) {
        return each(slot, port -> template.formatted(port, port)).stream().collect(Collectors.joining(", "));
    }
}
