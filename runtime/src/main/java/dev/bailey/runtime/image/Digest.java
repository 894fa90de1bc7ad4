package dev.bailey.runtime.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, as images name their parts.
 *
 * @param hex 64 lower-case hex digits
 */
record Digest(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String PREFIX = "sha256:";

    Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("invalid SHA-256 digest \"" + hex + "\": want 64 lower-case hex digits");
        }
    }

    /** Reads {@code sha256:…}. */
    static Digest parse(String text) throws IOException {
        if (!text.startsWith(PREFIX)
                || !HEX.matcher(text.substring(PREFIX.length())).matches()) {
            throw new IOException("invalid digest \"" + text + "\": want sha256: and 64 lower-case hex digits");
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    static Digest of(byte[] data) {
        return of(algorithm(), data);
    }

    static Digest of(MessageDigest finished) {
        return new Digest(HexFormat.of().formatHex(finished.digest()));
    }

    /** The chain id of a layer on top of others: what the stack as a whole contains. OCI image-spec, config.md. */
    static Digest chain(Digest below, Digest layer) {
        return of((below + " " + layer).getBytes(StandardCharsets.US_ASCII));
    }

    static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static Digest of(MessageDigest algorithm, byte[] data) {
        algorithm.update(data);
        return of(algorithm);
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
