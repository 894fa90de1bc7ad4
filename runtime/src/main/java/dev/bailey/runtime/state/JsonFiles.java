package dev.bailey.runtime.state;

import dev.bailey.runtime.jsonb.GeneratedJsonComponent;
import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** JSON values in files that are either the old or the new ones, whenever the power fails. */
public final class JsonFiles {
    private static final Jsonb JSONB = jsonb();

    private JsonFiles() {}

    /** What is known is said and not looked for: a search for services opens every archive on the class path. */
    private static Jsonb jsonb() {
        Jsonb.Builder builder = Jsonb.builder()
                .classLoader(ClassLoader.getPlatformClassLoader())
                .serializeNulls(false)
                .serializeEmpty(true);
        new GeneratedJsonComponent().register(builder);
        return builder.build();
    }

    /**
     * Reads a value.
     *
     * @throws IOException when the file cannot be read, or does not hold such a value: the message says which file
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        String text = Files.readString(file);
        try {
            return parse(text, type);
        } catch (JsonException | IllegalArgumentException malformed) {
            throw new IOException(file + ": " + malformed.getMessage(), malformed);
        }
    }

    /** Reads a value from text; throws {@link JsonException} when it is none. */
    public static <T> T parse(String text, Class<T> type) {
        T value = JSONB.type(type).fromJson(text);
        if (value == null) {
            throw new JsonException("empty");
        }
        return value;
    }

    /** Reads a list of values from text; throws {@link JsonException} when it is none. */
    public static <T> List<T> parseList(String text, Class<T> type) {
        List<T> values = JSONB.type(type).list().fromJson(text);
        return values == null ? List.of() : values;
    }

    /** A value as text, without what is absent in it. */
    public static <T> String print(T value, Class<T> type) {
        return JSONB.type(type).toJson(value);
    }

    /** Replaces a file by a value, durably: a temporary file beside it, fsync, rename, fsync of the folder. */
    public static <T> void write(Path file, T value, Class<T> type) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        writeAndSync(temporary, print(value, type));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(file.resolveSibling(""));
    }

    /** Writes a file and waits until the disk has it. */
    public static void writeAndSync(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Waits until the disk has a folder's entries: what was created, renamed or removed in it. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
