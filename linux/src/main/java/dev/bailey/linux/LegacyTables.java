package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.SocketCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The tables of iptables-legacy or ip6tables-legacy in the network namespace of the thread that opened it, as the kernel keeps
 * them: a header and a run of entries, both structs of linux/netfilter_ipv4/ip_tables.h and its twin for IPv6.
 *
 * <p>It only reads, and only tables that are loaded already: to ask for another one would load it. Needs CAP_NET_ADMIN and
 * CAP_NET_RAW. One thread at a time, the one that opened it.
 */
public final class LegacyTables implements AutoCloseable {
    /** Bytes of {@code struct ipt_getinfo}: NAME char × 32 | HOOKS u32 | ENTRY u32 × 5 | UNDERFLOW u32 × 5 | COUNT u32 | SIZE u32. */
    public static final int INFO_BYTES = 84;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_RAW_CLOEXEC = 3 | 02000000;
    private static final int IPPROTO_RAW = 255;
    private static final int SOL_IP = 0;
    private static final int SOL_IPV6 = 41;
    private static final int GET_INFO = 64;
    private static final int GET_ENTRIES = 65;
    private static final int NAME_BYTES = 32;
    private static final int SIZE_OFFSET = 80;
    /** {@code struct ipt_get_entries}: NAME char × 32 | SIZE u32 | 4 bytes of nothing | the entries. */
    private static final int ENTRIES_OFFSET = 40;

    private static final int MAX_ATTEMPTS = 5;

    private final FileDescriptor socket;
    private final boolean ipv6;

    private LegacyTables(FileDescriptor socket, boolean ipv6) {
        this.socket = socket;
        this.ipv6 = ipv6;
    }

    /**
     * A table.
     *
     * @param info its header, {@value #INFO_BYTES} bytes
     * @param entries its entries
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Content(byte[] info, byte[] entries) {}

    /** Returns the names of the tables that are loaded in the calling thread's namespace; none where the kernel has no such tables. */
    public static List<String> names(boolean ipv6) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/net", ipv6 ? "ip6_tables_names" : "ip_tables_names"));
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** Opens the tables of the calling thread's namespace. */
    public static LegacyTables open(boolean ipv6) throws LinuxException {
        int family = ipv6 ? AF_INET6 : AF_INET;
        int number = LinuxException.check(
                SocketCalls.socket(family, SOCK_RAW_CLOEXEC, IPPROTO_RAW), "open socket", "of legacy tables");
        return new LegacyTables(FileDescriptor.adopt(number, "socket of legacy tables"), ipv6);
    }

    /**
     * Returns a table that {@link #names} knows.
     *
     * @throws LinuxException when the kernel refuses, also when the table changes every time between its header and its entries
     */
    public Content read(String table) throws LinuxException {
        for (int attempt = 1; ; attempt++) {
            byte[] info = question(table, INFO_BYTES);
            ask(GET_INFO, info, table);
            int size = ByteBuffer.wrap(info).order(ByteOrder.nativeOrder()).getInt(SIZE_OFFSET);
            byte[] answer = question(table, ENTRIES_OFFSET + size);
            ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()).putInt(NAME_BYTES, size);
            try {
                ask(GET_ENTRIES, answer, table);
                return new Content(info, Arrays.copyOfRange(answer, ENTRIES_OFFSET, answer.length));
            } catch (LinuxException refusal) {
                if (!refusal.errno().equals(Errno.EAGAIN) || attempt == MAX_ATTEMPTS) {
                    throw refusal;
                }
            }
        }
    }

    private static byte[] question(String table, int bytes) {
        byte[] name = table.getBytes(StandardCharsets.UTF_8);
        byte[] question = new byte[bytes];
        System.arraycopy(name, 0, question, 0, Math.min(name.length, NAME_BYTES - 1));
        return question;
    }

    private void ask(int option, byte[] value, String table) throws LinuxException {
        int result = SocketCalls.option(socket.number(), ipv6 ? SOL_IPV6 : SOL_IP, option, value);
        LinuxException.check(result, "read", "legacy table " + table);
    }

    /** Closes the socket. */
    @Override
    public void close() {
        socket.close();
    }
}
