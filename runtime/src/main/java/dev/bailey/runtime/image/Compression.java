package dev.bailey.runtime.image;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** The packings of archives and layers, told apart by their first bytes, never by their names. */
final class Compression {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int MAGIC_BYTES = 6;
    private static final byte[] GZIP = HexFormat.of().parseHex("1f8b");
    private static final byte[] ZSTD = HexFormat.of().parseHex("28b52ffd");
    private static final byte[] XZ = HexFormat.of().parseHex("fd377a585a00");
    private static final byte[] BZIP2 = {'B', 'Z', 'h'};

    private Compression() {}

    /**
     * The plain bytes behind gzip (RFC 1952), zstd (RFC 8878) or no packing at all.
     *
     * @param packed closed together with what is returned
     * @param name of the thing, for errors
     */
    static InputStream open(InputStream packed, String name) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(packed, BUFFER_BYTES);
        buffered.mark(MAGIC_BYTES);
        byte[] magic = buffered.readNBytes(MAGIC_BYTES);
        buffered.reset();
        if (startsWith(magic, GZIP)) {
            return new GZIPInputStream(buffered, BUFFER_BYTES);
        }
        if (startsWith(magic, ZSTD)) {
            return zstd(buffered);
        }
        if (startsWith(magic, XZ) || startsWith(magic, BZIP2)) {
            throw new IOException(name + " is packed with xz or bzip2: want plain tar, gzip or zstd");
        }
        return buffered;
    }

    private static InputStream zstd(InputStream packed) throws IOException {
        try {
            return new ZstdInputStream(packed);
        } catch (UnsatisfiedLinkError unusable) {
            throw new IOException(
                    "zstd cannot be used: its library must be unpacked into a folder that allows execution, and "
                            + System.getProperty("java.io.tmpdir") + " does not (" + unusable.getMessage() + ")",
                    unusable);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
