package dev.bailey.engine.dns.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A query as a client sends it, read into an object that is used again for the next; for one thread.
 *
 * <p>What it gives holds until the next {@link #read}.
 */
public final class Query {
    /** What is to become of a message. */
    public enum Verdict {
        /** It asks one question, which can be answered. */
        ASKS,
        /** It is no query, or too short for an answer: an answer to an answer would go on for ever. */
        DROP,
        /** It is to be answered with the error of {@link Query#error}. */
        WRONG
    }

    /** The longest answer by UDP to a client that says nothing else. */
    public static final int PLAIN_UDP_BYTES = 512;
    /** The longest answer by UDP to any client. */
    public static final int MAX_UDP_BYTES = 4096;

    private static final int VERSION_SHIFT = 16;

    private final byte[] text = new byte[Wire.MAX_NAME_BYTES];
    private final QuestionKey key = new QuestionKey();
    private byte[] message = new byte[0];
    private int messageLength;
    private int questionEnd;
    private int textLength;
    private int labels;
    private boolean plainText;
    private boolean asciiText;
    private int error;
    private int edns;
    private int payloadBytes;
    private boolean dnssecOk;

    /**
     * Reads a message.
     *
     * @param bytes holds it from its start on; not copied, and not changed until the next message is read
     * @param length how many bytes it has
     */
    public Verdict read(byte[] bytes, int length) {
        message = bytes;
        messageLength = length;
        questionEnd = Wire.HEADER_BYTES;
        edns = 0;
        dnssecOk = false;
        payloadBytes = PLAIN_UDP_BYTES;
        if (length < Wire.HEADER_BYTES || (flags() & Wire.QR) != 0) {
            return Verdict.DROP;
        }
        if ((flags() & Wire.OPCODE) != 0) {
            return wrong(Wire.NOT_IMPLEMENTED);
        }
        if (Wire.u16(bytes, Wire.QUESTIONS_OFFSET) != 1 || !readQuestion(length) || !readExtras(length)) {
            questionEnd = Wire.HEADER_BYTES;
            return wrong(Wire.FORMAT_ERROR);
        }
        if (edns > 0 && (Wire.i32(bytes, edns + 5) >>> VERSION_SHIFT & 0xff) != 0) {
            return wrong(Wire.BAD_VERSION);
        }
        finishKey();
        return Verdict.ASKS;
    }

    private Verdict wrong(int rcode) {
        error = rcode;
        return Verdict.WRONG;
    }

    /** Names in questions are written out: whoever points elsewhere is refused. */
    private boolean readQuestion(int end) {
        key.clear();
        textLength = 0;
        labels = 0;
        plainText = true;
        asciiText = true;
        int at = Wire.HEADER_BYTES;
        while (at < end && message[at] != 0) {
            int length = Wire.u8(message, at);
            if (length > 63 || at + 1 + length >= end || at + 1 + length - Wire.HEADER_BYTES >= Wire.MAX_NAME_BYTES) {
                return false;
            }
            readLabel(at, length);
            at += 1 + length;
        }
        key.add((byte) 0);
        questionEnd = at + 5;
        return questionEnd <= end;
    }

    private void readLabel(int at, int length) {
        if (labels++ > 0) {
            text[textLength++] = '.';
        }
        key.add((byte) length);
        for (int i = at + 1; i <= at + length; i++) {
            byte b = Wire.lower(message[i]);
            key.add(b);
            text[textLength++] = b;
            plainText &= b != '.' && b != 0;
            asciiText &= b >= 0;
        }
    }

    /** Looks for what EDNS adds, and passes over the rest. */
    private boolean readExtras(int end) {
        int records = Wire.u16(message, Wire.ANSWERS_OFFSET)
                + Wire.u16(message, Wire.AUTHORITIES_OFFSET)
                + Wire.u16(message, Wire.ADDITIONALS_OFFSET);
        int at = questionEnd;
        for (int i = 0; i < records; i++) {
            int data = Wire.skipName(message, at, end);
            if (data < 0 || data + Wire.RECORD_BYTES > end) {
                return false;
            }
            if (Wire.u16(message, data) == Wire.TYPE_OPT) {
                if (edns > 0 || data != at + 1) {
                    return false;
                }
                edns = at;
                payloadBytes = Math.clamp(Wire.u16(message, at + 3), PLAIN_UDP_BYTES, MAX_UDP_BYTES);
                dnssecOk = (Wire.i32(message, at + 5) & Wire.DNSSEC_OK) != 0;
            }
            at = data + Wire.RECORD_BYTES + Wire.u16(message, data + 8);
            if (at > end) {
                return false;
            }
        }
        return true;
    }

    private void finishKey() {
        key.add16(type());
        key.add16(questionClass());
        int asked = (edns > 0 ? 1 : 0) | (dnssecOk ? 2 : 0) | ((flags() & Wire.CD) != 0 ? 4 : 0);
        key.add((byte) asked);
    }

    /** The error that a wrong message is answered with. */
    public int error() {
        return error;
    }

    /** What is asked, for looking it up; to be copied before it is kept. */
    public QuestionKey key() {
        return key;
    }

    /**
     * The name that is asked for, in lower case and without a dot at its end; the empty string for the root, and for a name
     * that no text can stand for, as it has a dot within a label.
     */
    public String name() {
        return plainText ? new String(text, 0, textLength, asciiText ? ISO_8859_1 : UTF_8) : "";
    }

    /** How many labels the name has; the root has none. */
    public int labels() {
        return labels;
    }

    /** The type that is asked for, one of {@code Wire.TYPE_*} or another. */
    public int type() {
        return Wire.u16(message, questionEnd - 4);
    }

    /** The class that is asked for. */
    public int questionClass() {
        return Wire.u16(message, questionEnd - 2);
    }

    /** The longest answer that the client takes by UDP, in bytes. */
    public int udpBytes() {
        return payloadBytes;
    }

    /** The message that was read, to be read again when its answer comes. */
    public byte[] copy() {
        return Arrays.copyOf(message, messageLength);
    }

    byte[] message() {
        return message;
    }

    /** Where the question ends; right behind the header when it could not be read. */
    public int questionEnd() {
        return questionEnd;
    }

    int id() {
        return Wire.u16(message, Wire.ID_OFFSET);
    }

    int flags() {
        return Wire.u16(message, Wire.FLAGS_OFFSET);
    }

    boolean hasEdns() {
        return edns > 0;
    }

    boolean isDnssecOk() {
        return dnssecOk;
    }

    /**
     * Writes the query that is asked elsewhere in the place of this one: the same question and what it says of DNSSEC, and
     * nothing else that a client may have put in.
     *
     * @param id its id
     * @param target takes it from its start on; {@link #forwardedBytes} long
     */
    public void writeForwarded(int id, byte[] target) {
        System.arraycopy(message, 0, target, 0, questionEnd);
        Wire.put16(target, Wire.ID_OFFSET, id);
        Wire.put16(target, Wire.FLAGS_OFFSET, Wire.RD | flags() & (Wire.CD | Wire.AD));
        Wire.put16(target, Wire.ANSWERS_OFFSET, 0);
        Wire.put16(target, Wire.AUTHORITIES_OFFSET, 0);
        Wire.put16(target, Wire.ADDITIONALS_OFFSET, edns > 0 ? 1 : 0);
        if (edns > 0) {
            Reply.writeOpt(target, questionEnd, 0, dnssecOk);
        }
    }

    /** How long the query is that is asked elsewhere. */
    public int forwardedBytes() {
        return questionEnd + (edns > 0 ? Wire.OPT_BYTES : 0);
    }
}
