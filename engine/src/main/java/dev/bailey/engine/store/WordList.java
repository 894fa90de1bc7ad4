package dev.bailey.engine.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Several free texts as one word: each as {@link Word} has it, without the characters that stand between them. No text at
 * all becomes a lone hyphen.
 */
final class WordList {
    private static final String NOTHING = "-";
    private static final String BETWEEN = ",";
    private static final String EQUALS = "=";

    private WordList() {}

    static String encode(List<String> texts) {
        return texts.isEmpty() ? NOTHING : texts.stream().map(WordList::part).collect(Collectors.joining(BETWEEN));
    }

    /** Pairs in the order of their keys. */
    static String encode(Map<String, String> texts) {
        return texts.isEmpty()
                ? NOTHING
                : new TreeMap<>(texts)
                        .entrySet().stream()
                                .map(entry -> part(entry.getKey()) + EQUALS + part(entry.getValue()))
                                .collect(Collectors.joining(BETWEEN));
    }

    private static String part(String text) {
        String word = Word.encode(text).replace(BETWEEN, "%2c").replace(EQUALS, "%3d");
        return word.equals(NOTHING) ? "%2d" : word;
    }

    static List<String> decode(String word) {
        List<String> texts = new ArrayList<>();
        if (!word.equals(NOTHING)) {
            for (String part : word.split(BETWEEN, -1)) {
                texts.add(Word.decode(part));
            }
        }
        return texts;
    }

    static Map<String, String> decodePairs(String word) {
        Map<String, String> texts = new TreeMap<>();
        if (!word.equals(NOTHING)) {
            for (String part : word.split(BETWEEN, -1)) {
                int equals = part.indexOf(EQUALS);
                if (equals < 0) {
                    throw new IllegalArgumentException("a pair has no " + EQUALS + ": " + word);
                }
                texts.put(Word.decode(part.substring(0, equals)), Word.decode(part.substring(equals + 1)));
            }
        }
        return texts;
    }
}
