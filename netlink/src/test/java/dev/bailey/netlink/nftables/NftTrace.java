package dev.bailey.netlink.nftables;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Reads the files of bytes that nft was seen to send. */
final class NftTrace {
    private NftTrace() {}

    /** The lines of a file, split at tabulators, without the comments. */
    static List<String[]> read(String file) {
        try (InputStream in = Objects.requireNonNull(NftTrace.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Attributes parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return Attributes.parse(bytes, 0, bytes.length);
    }

    static String hex(Consumer<AttributeWriter> encoder) {
        AttributeWriter writer = new AttributeWriter();
        encoder.accept(writer);
        return HexFormat.of().formatHex(writer.toByteArray());
    }
}
