package dev.bailey.engine.model;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** What the three kinds of id share: 64 hexadecimal digits, of which people see the first 12. */
final class HexId {
    private static final int BYTES = 32;
    private static final int SHORT_LENGTH = 12;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private HexId() {}

    static void check(String kind, String value) {
        if (!FORM.matcher(value).matches()) {
            throw Text.bad(value, "is not " + kind + " id: it has 64 hexadecimal digits in lower case");
        }
    }

    static String shortForm(String value) {
        return value.substring(0, SHORT_LENGTH);
    }

    static String random() {
        return random(Source.SECURE);
    }

    /** Draws until the short form has a letter: programs take one made of digits for a number. */
    static String random(RandomGenerator source) {
        byte[] bytes = new byte[BYTES];
        while (true) {
            source.nextBytes(bytes);
            String value = HexFormat.of().formatHex(bytes);
            if (shortForm(value).chars().anyMatch(c -> c >= 'a')) {
                return value;
            }
        }
    }

    /** Made on first use, to keep the seeding out of the start-up of programs that never draw an id. */
    private static final class Source {
        static final RandomGenerator SECURE = new SecureRandom();
    }
}
