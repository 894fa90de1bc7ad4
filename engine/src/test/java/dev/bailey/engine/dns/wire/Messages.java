package dev.bailey.engine.dns.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Messages written by hand, apart from the code that is tested. */
public final class Messages {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Messages() {}

    /** A query without EDNS. */
    public static byte[] query(int id, String name, int type) {
        return new Messages()
                .header(id, 0x0100, 1, 0, 0, 0)
                .question(name, type)
                .bytes();
    }

    /** A query with EDNS. */
    public static byte[] queryWithEdns(int id, String name, int type, int payload, boolean dnssecOk) {
        return new Messages()
                .header(id, 0x0100, 1, 0, 0, 1)
                .question(name, type)
                .u8(0)
                .u16(41)
                .u16(payload)
                .u32(dnssecOk ? 0x8000 : 0)
                .u16(0)
                .bytes();
    }

    public static Messages begin() {
        return new Messages();
    }

    public Messages header(int id, int flags, int questions, int answers, int authorities, int additionals) {
        return u16(id).u16(flags).u16(questions).u16(answers).u16(authorities).u16(additionals);
    }

    public Messages question(String name, int type) {
        return name(name).u16(type).u16(1);
    }

    /** A record whose name is that of the question. */
    public Messages record(int type, int ttl, String hexData) {
        byte[] data = HexFormat.of().parseHex(hexData.replace(" ", ""));
        u16(0xc00c).u16(type).u16(1).u32(ttl).u16(data.length);
        bytes.writeBytes(data);
        return this;
    }

    public Messages opt(int payload) {
        return u8(0).u16(41).u16(payload).u32(0).u16(0);
    }

    public Messages name(String name) {
        for (String label : name.isEmpty() ? new String[0] : name.split("\\.")) {
            u8(label.length());
            bytes.writeBytes(label.getBytes(US_ASCII));
        }
        return u8(0);
    }

    public Messages u8(int value) {
        bytes.write(value);
        return this;
    }

    public Messages u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    public Messages u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
