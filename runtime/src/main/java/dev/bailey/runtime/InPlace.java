package dev.bailey.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and changes files that containers see by a bind mount, and write to: another file in their place would not be seen, and
 * what is read may be whatever they wrote.
 */
final class InPlace {
    /** More than that nobody needs there; without a bound one container could take the daemon's memory. */
    static final int MAX_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(InPlace.class);

    private InPlace() {}

    /** The text of a file; empty when it has more than {@value #MAX_BYTES} bytes or is not text of UTF-8. */
    static Optional<String> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        try {
            if (bytes.length <= MAX_BYTES) {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            }
            LOG.warn("{} has more than {} bytes and stays as it is", file, MAX_BYTES);
        } catch (CharacterCodingException noText) {
            LOG.warn("{} is no text of UTF-8 and stays as it is", file);
        }
        return Optional.empty();
    }

    /**
     * Changes the text of a file without a moment at which somebody reads half of it: it is written by one call, with empty
     * lines behind a text that is shorter than the one before, which are cut off then.
     *
     * @param file a file of lines, for whose readers an empty line means nothing
     */
    static void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] padded = Arrays.copyOf(bytes, (int) Math.max(bytes.length, channel.size()));
            Arrays.fill(padded, bytes.length, padded.length, (byte) '\n');
            channel.write(ByteBuffer.wrap(padded), 0);
            channel.truncate(bytes.length);
        }
    }
}
