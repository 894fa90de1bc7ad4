package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.List;

/** Reads IPv6 addresses as people write them. */
final class Ipv6Text {
    private static final int GROUPS = 8;
    private static final int MAX_DIGITS = 4;
    private static final int HEXADECIMAL = 16;
    private static final String LOOKS_LIKE =
            "is not an IPv6 address: write eight groups of up to four hexadecimal digits"
                    + " with colons between them, '::' once for groups of zeros, like fd00::2";

    private Ipv6Text() {}

    static Ipv6Address parse(String text) {
        if (text.indexOf('%') >= 0) {
            throw Text.bad(text, "is not an IPv6 address by itself: leave out what comes after '%'");
        }
        int gap = text.indexOf("::");
        List<Integer> head = groups(text, gap < 0 ? text : text.substring(0, gap), gap < 0);
        List<Integer> tail = gap < 0 ? List.of() : groups(text, text.substring(gap + 2), true);
        int written = head.size() + tail.size();
        if (gap < 0 ? written != GROUPS : written >= GROUPS) {
            throw Text.bad(text, LOOKS_LIKE);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < head.size(); i++) {
            groups[i] = head.get(i);
        }
        for (int i = 0; i < tail.size(); i++) {
            groups[GROUPS - tail.size() + i] = tail.get(i);
        }
        return Ipv6Address.ofGroups(groups);
    }

    /** Reads what stands on one side of the gap; at the end of the text, four numbers with dots may be the last two groups. */
    private static List<Integer> groups(String text, String part, boolean atEnd) {
        List<Integer> groups = new ArrayList<>();
        String[] words = part.isEmpty() ? new String[0] : part.split(":", -1);
        for (int i = 0; i < words.length; i++) {
            if (words[i].indexOf('.') >= 0 && atEnd && i == words.length - 1) {
                int dotted = dotted(text, words[i]);
                groups.add(dotted >>> 16);
                groups.add(dotted & 0xffff);
            } else {
                groups.add(group(text, words[i]));
            }
        }
        return groups;
    }

    private static int dotted(String text, String word) {
        try {
            return Ipv4Address.parse(word).bits();
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                    Text.quote(text) + " is not an IPv6 address: its end " + bad.getMessage(), bad);
        }
    }

    private static int group(String text, String word) {
        boolean fits = !word.isEmpty() && word.length() <= MAX_DIGITS;
        for (int i = 0; fits && i < word.length(); i++) {
            fits = word.charAt(i) < 0x80 && Character.digit(word.charAt(i), HEXADECIMAL) >= 0;
        }
        if (!fits) {
            throw Text.bad(text, LOOKS_LIKE);
        }
        return Integer.parseInt(word, HEXADECIMAL);
    }
}
