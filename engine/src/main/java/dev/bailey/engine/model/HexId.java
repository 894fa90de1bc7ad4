package dev.bailey.engine.model;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What the three kinds of id share: 64 hexadecimal digits, of which people see the first 12. */
final class HexId {
    private static final int BYTES = 32;
    private static final int SHORT_LENGTH = 12;

    private HexId() {}

    static void check(String kind, String value) {
        boolean fits = value.length() == 2 * BYTES;
        for (int i = 0; fits && i < value.length(); i++) {
            fits = isDigit(value.charAt(i));
        }
        if (!fits) {
            throw Text.bad(value, "is not " + kind + " id: it has 64 hexadecimal digits in lower case");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9' || isLetter(c);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'f';
    }

    static String shortForm(String value) {
        return value.substring(0, SHORT_LENGTH);
    }

    static String random() {
        return random(IdSource.ofThisThread().orElseGet(() -> Source.SECURE));
    }

    /** Draws until the short form has a letter: programs take one made of digits for a number. */
    static String random(RandomGenerator source) {
        byte[] bytes = new byte[BYTES];
        while (true) {
            source.nextBytes(bytes);
            String value = HexFormat.of().formatHex(bytes);
            for (int i = 0; i < SHORT_LENGTH; i++) {
                if (isLetter(value.charAt(i))) {
                    return value;
                }
            }
        }
    }

    /** Made on first use, to keep the seeding out of the start-up of programs that never draw an id. */
    private static final class Source {
        static final RandomGenerator SECURE = new RandomReserve(new SecureRandom());
    }
}
