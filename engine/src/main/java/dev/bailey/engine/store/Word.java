package dev.bailey.engine.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Free text as one word: bytes of its UTF-8 form that are no visible ASCII character, and the percent sign, become a
 * percent sign with two hexadecimal digits. No text at all becomes a lone percent sign.
 */
final class Word {
    private static final String EMPTY = "%";

    private Word() {}

    static String encode(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        StringBuilder word = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '%') {
                word.append((char) b);
            } else {
                word.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        return word.toString();
    }

    static String decode(String word) {
        if (word.equals(EMPTY)) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c != '%') {
                bytes.write(c);
            } else if (i + 2 < word.length()) {
                bytes.write(Integer.parseInt(word, i + 1, i + 3, 16));
                i += 2;
            } else {
                throw new IllegalArgumentException("two digits are missing behind %: " + word);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8: " + word, e);
        }
    }
}
