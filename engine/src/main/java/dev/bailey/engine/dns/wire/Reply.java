package dev.bailey.engine.dns.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.engine.model.Ipv6Address;

/**
 * The answer to a query, written into an object that is used again for the next; for one thread.
 *
 * <p>Records are added behind {@link #start}, those of the answer before additional ones; {@link #finish} ends it.
 */
public final class Reply {
    /** The payload that EDNS promises: what fits every link without fragments (DNS flag day 2020). */
    static final int UDP_PAYLOAD_BYTES = 1232;

    private static final int NAME_OF_QUESTION = 0xc000 | Wire.HEADER_BYTES;
    private static final int EXTENDED_RCODE_SHIFT = 4;

    private final byte[] bytes = new byte[Wire.MAX_MESSAGE_BYTES];
    private int length;
    private int answers;
    private int additionals;
    private int extendedRcode;
    private boolean overflow;

    /** The message, from its start on. */
    public byte[] bytes() {
        return bytes;
    }

    /** Begins the answer to a query, with the question as it was asked. */
    public void start(Query query, int rcode) {
        length = query.questionEnd();
        System.arraycopy(query.message(), 0, bytes, 0, length);
        int flags = query.flags();
        int kept = flags & (Wire.OPCODE | Wire.RD | Wire.CD);
        Wire.put16(bytes, Wire.FLAGS_OFFSET, Wire.QR | Wire.RA | kept | rcode & Wire.RCODE);
        Wire.put16(bytes, Wire.QUESTIONS_OFFSET, length > Wire.HEADER_BYTES ? 1 : 0);
        Wire.put16(bytes, Wire.AUTHORITIES_OFFSET, 0);
        answers = 0;
        additionals = 0;
        extendedRcode = rcode >>> EXTENDED_RCODE_SHIFT;
        overflow = false;
    }

    /** Adds an address of the name that was asked for. */
    public void address(int ttlSeconds, int bits) {
        if (record(NAME_OF_QUESTION, Wire.TYPE_A, ttlSeconds, Integer.BYTES)) {
            Wire.put32(bytes, length, bits);
            length += Integer.BYTES;
            answers++;
        }
    }

    /** Adds an IPv6 address of the name that was asked for. */
    public void address(int ttlSeconds, Ipv6Address address) {
        if (record(NAME_OF_QUESTION, Wire.TYPE_AAAA, ttlSeconds, 2 * Long.BYTES)) {
            put(address);
            answers++;
        }
    }

    private void put(Ipv6Address address) {
        System.arraycopy(address.toByteArray(), 0, bytes, length, 2 * Long.BYTES);
        length += 2 * Long.BYTES;
    }

    /** Adds the name of the address that was asked for. */
    public void pointer(int ttlSeconds, String target) {
        if (record(NAME_OF_QUESTION, Wire.TYPE_PTR, ttlSeconds, nameBytes(target))) {
            name(target);
            answers++;
        }
    }

    /** Adds a host and port of the service that was asked for; returns where the host's name is, for {@link #addressOf}. */
    public int service(int ttlSeconds, int port, String target) {
        if (record(NAME_OF_QUESTION, Wire.TYPE_SRV, ttlSeconds, 6 + nameBytes(target))) {
            Wire.put32(bytes, length, 0);
            Wire.put16(bytes, length + 4, port);
            length += 6;
            int at = length;
            name(target);
            answers++;
            return at;
        }
        return Wire.HEADER_BYTES;
    }

    /** Adds, as an additional record, an address of the name at a place of this message. */
    public void addressOf(int nameAt, int ttlSeconds, int bits) {
        if (record(0xc000 | nameAt, Wire.TYPE_A, ttlSeconds, Integer.BYTES)) {
            Wire.put32(bytes, length, bits);
            length += Integer.BYTES;
            additionals++;
        }
    }

    /** Adds, as an additional record, an IPv6 address of the name at a place of this message. */
    public void addressOf(int nameAt, int ttlSeconds, Ipv6Address address) {
        if (record(0xc000 | nameAt, Wire.TYPE_AAAA, ttlSeconds, 2 * Long.BYTES)) {
            put(address);
            additionals++;
        }
    }

    private boolean record(int name, int type, int ttlSeconds, int dataBytes) {
        if (length + 2 + Wire.RECORD_BYTES + dataBytes + Wire.OPT_BYTES > bytes.length) {
            overflow = true;
            return false;
        }
        Wire.put16(bytes, length, name);
        Wire.put16(bytes, length + 2, type);
        Wire.put16(bytes, length + 4, Wire.CLASS_IN);
        Wire.put32(bytes, length + 6, ttlSeconds);
        Wire.put16(bytes, length + 10, dataBytes);
        length += 2 + Wire.RECORD_BYTES;
        return true;
    }

    /** Whether a name can be written: its labels have 1 to 63 bytes, and all of it at most 255. */
    public static boolean isWritable(String name) {
        for (String label : name.split("\\.", -1)) {
            int bytes = label.getBytes(UTF_8).length;
            if (bytes < 1 || bytes > 63) {
                return false;
            }
        }
        return nameBytes(name) <= Wire.MAX_NAME_BYTES;
    }

    private static int nameBytes(String name) {
        return name.getBytes(UTF_8).length + 2;
    }

    private void name(String name) {
        for (String label : name.split("\\.", -1)) {
            byte[] text = label.getBytes(UTF_8);
            bytes[length++] = (byte) text.length;
            System.arraycopy(text, 0, bytes, length, text.length);
            length += text.length;
        }
        bytes[length++] = 0;
    }

    /**
     * Ends the answer; what is longer than the client takes is left out, and the client told to ask again by TCP.
     *
     * @param limitBytes the longest answer that the client takes
     * @return how long it is
     */
    public int finish(Query query, int limitBytes) {
        int opt = query.hasEdns() ? Wire.OPT_BYTES : 0;
        if (overflow || length + opt > limitBytes) {
            truncate(query);
        }
        Wire.put16(bytes, Wire.ANSWERS_OFFSET, answers);
        end(query);
        return length;
    }

    private void truncate(Query query) {
        length = query.questionEnd();
        answers = 0;
        additionals = 0;
        Wire.put16(bytes, Wire.AUTHORITIES_OFFSET, 0);
        Wire.put16(bytes, Wire.FLAGS_OFFSET, Wire.u16(bytes, Wire.FLAGS_OFFSET) | Wire.TC);
    }

    private void end(Query query) {
        if (query.hasEdns()) {
            writeOpt(bytes, length, extendedRcode, query.isDnssecOk());
            length += Wire.OPT_BYTES;
            additionals++;
        }
        Wire.put16(bytes, Wire.ADDITIONALS_OFFSET, additionals);
    }

    /**
     * Writes the answer that somebody else gave to the same question.
     *
     * @param ageSeconds how long ago, which is taken off how long its records hold
     * @param limitBytes the longest answer that the client takes
     * @return how long it is
     */
    public int relay(Query query, Response response, int ageSeconds, int limitBytes) {
        start(query, response.rcode());
        int flags = Wire.u16(bytes, Wire.FLAGS_OFFSET);
        boolean wantsAuthentic = query.isDnssecOk() || (query.flags() & Wire.AD) != 0;
        int relayed = response.flags() & (wantsAuthentic ? Wire.AD | Wire.TC : Wire.TC);
        Wire.put16(bytes, Wire.FLAGS_OFFSET, flags | relayed);
        byte[] theirs = response.bytes();
        int opt = query.hasEdns() ? Wire.OPT_BYTES : 0;
        if (response.isTruncated() || theirs.length + opt > limitBytes) {
            truncate(query);
            return finish(query, limitBytes);
        }
        System.arraycopy(theirs, length, bytes, length, theirs.length - length);
        length = theirs.length;
        System.arraycopy(theirs, Wire.ANSWERS_OFFSET, bytes, Wire.ANSWERS_OFFSET, 4);
        additionals = Wire.u16(theirs, Wire.ADDITIONALS_OFFSET);
        for (int at : response.ttlOffsets()) {
            Wire.put32(bytes, at, Math.max(Wire.i32(theirs, at) - ageSeconds, 0));
        }
        end(query);
        return length;
    }

    /**
     * Writes what EDNS adds to a message.
     *
     * <pre>
     * OPT (RFC 6891): root name | u16 type | u16 payload | u8 extended rcode | u8 version | u16 flags | u16 length 0
     * </pre>
     */
    static void writeOpt(byte[] target, int at, int extendedRcode, boolean dnssecOk) {
        target[at] = 0;
        Wire.put16(target, at + 1, Wire.TYPE_OPT);
        Wire.put16(target, at + 3, UDP_PAYLOAD_BYTES);
        target[at + 5] = (byte) extendedRcode;
        target[at + 6] = 0;
        Wire.put16(target, at + 7, dnssecOk ? Wire.DNSSEC_OK : 0);
        Wire.put16(target, at + 9, 0);
    }
}
