package dev.bailey.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Changes files that containers see by a bind mount: another file in their place would not be seen. */
final class InPlace {
    private InPlace() {}

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
