package dev.bailey.netlink.nftables;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An immutable run of bytes in the layout that nf_tables compares: addresses and ports in network order, marks and
 * interface indexes in host order, interface names padded with zeros to 16 bytes.
 *
 * <p>Values order like unsigned numbers of equal length, which is the order of interval sets.
 */
public final class Value implements Data, Comparable<Value> {
    /** The IP protocol number of TCP. */
    public static final Value TCP = protocol(6);

    /** The IP protocol number of UDP. */
    public static final Value UDP = protocol(17);

    /** The IP protocol number of SCTP. */
    public static final Value SCTP = protocol(132);

    /** Bytes of one register; a field of a concatenation starts at a multiple of it. */
    static final int WORD = 4;

    private static final int INTERFACE_NAME_BYTES = 16;

    private final byte[] bytes;

    private Value(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A value of exactly these bytes, which are copied. */
    public static Value of(byte... bytes) {
        return new Value(bytes.clone());
    }

    /** An IPv4 address given by its 32 bits, most significant first. */
    public static Value ipv4(int bits) {
        return new Value(ByteBuffer.allocate(4).putInt(bits).array());
    }

    /**
     * An IPv4 or IPv6 address from its literal, such as {@code 10.0.0.1} or {@code fd00::1}; nothing is resolved.
     *
     * @throws IllegalArgumentException if the text is no address
     */
    public static Value address(String literal) {
        return address(InetAddress.ofLiteral(literal));
    }

    /** An IPv4 or IPv6 address. */
    public static Value address(InetAddress address) {
        return switch (address) {
            case Inet4Address v4 -> new Value(v4.getAddress());
            case Inet6Address v6 -> new Value(v6.getAddress());
            default -> throw new IllegalArgumentException("not an IPv4 or IPv6 address: " + address);
        };
    }

    /** A port, 0 to 65535. */
    public static Value port(int port) {
        return new Value(ByteBuffer.allocate(2)
                .putShort((short) Check.range("port", port, 0, 0xffff))
                .array());
    }

    /** An IP protocol number, 0 to 255. */
    public static Value protocol(int number) {
        return new Value(new byte[] {(byte) Check.range("protocol", number, 0, 0xff)});
    }

    /** One byte. */
    public static Value u8(int number) {
        return new Value(new byte[] {(byte) Check.range("value", number, 0, 0xff)});
    }

    /** Two bytes in network order, such as an Ethernet type. */
    public static Value be16(int number) {
        return new Value(ByteBuffer.allocate(2)
                .putShort((short) Check.range("value", number, 0, 0xffff))
                .array());
    }

    /** A packet or connection mark, or another 32-bit number in host order. */
    public static Value mark(int bits) {
        return new Value(ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(bits)
                .array());
    }

    /**
     * An interface's whole name, 1 to 15 bytes.
     *
     * @throws IllegalArgumentException if the name is empty, too long or holds a slash, a colon or white space
     */
    public static Value interfaceName(String name) {
        return new Value(Arrays.copyOf(interfaceBytes(name), INTERFACE_NAME_BYTES));
    }

    /** The beginning of interface names, what nft writes as {@code "br-*"}; for comparisons only. */
    public static Value interfacePrefix(String prefix) {
        return new Value(interfaceBytes(prefix));
    }

    private static byte[] interfaceBytes(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean odd = name.chars().anyMatch(c -> c == '/' || c == ':' || c == 0 || Character.isWhitespace(c));
        if (bytes.length == 0 || bytes.length >= INTERFACE_NAME_BYTES || odd) {
            throw new IllegalArgumentException("interface name \"" + name + "\": 1 to 15 bytes without slash, colon"
                    + " or white space are allowed");
        }
        return bytes;
    }

    /** The fields one after the other, each padded with zeros to a multiple of 4 bytes, as concatenated keys are. */
    public static Value concat(Value... fields) {
        int length = 0;
        for (Value field : fields) {
            length += field.paddedLength();
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int offset = 0;
        for (Value field : fields) {
            buffer.put(offset, field.bytes);
            offset += field.paddedLength();
        }
        return new Value(buffer.array());
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    int paddedLength() {
        return (bytes.length + WORD - 1) / WORD * WORD;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The part from {@code offset} on. */
    public Value slice(int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return new Value(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** The bytes as an unsigned number in network order; at most 8 bytes. */
    public long toNumber() {
        Check.range("length of a number", bytes.length, 0, Long.BYTES);
        long number = 0;
        for (byte b : bytes) {
            number = number << 8 | b & 0xff;
        }
        return number;
    }

    /** The bytes as an unsigned number in this machine's order; at most 8 bytes. */
    public long toHostNumber() {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                ? toNumber()
                : reversed().toNumber();
    }

    /** Whether every bit is set: the last value of its length. */
    public boolean isAllOnes() {
        for (byte b : bytes) {
            if (b != -1) {
                return false;
            }
        }
        return true;
    }

    boolean isZero() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The value after this one; after the last one comes zero. */
    Value next() {
        return step(1, (byte) 0);
    }

    /** The value before this one; before zero comes the last one. */
    Value previous() {
        return step(-1, (byte) -1);
    }

    private Value step(int delta, byte carriesTo) {
        byte[] result = bytes.clone();
        for (int i = result.length - 1; i >= 0; i--) {
            result[i] += (byte) delta;
            if (result[i] != carriesTo) {
                break;
            }
        }
        return new Value(result);
    }

    Value not() {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) ~result[i];
        }
        return new Value(result);
    }

    Value or(Value other) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] |= other.bytes[i];
        }
        return new Value(result);
    }

    private Value reversed() {
        byte[] result = new byte[bytes.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes[bytes.length - 1 - i];
        }
        return new Value(result);
    }

    @Override
    public int compareTo(Value other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes in hexadecimal, such as {@code 0x0a000001}. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
