package dev.bailey.engine.dns.wire;

import java.util.Arrays;
import java.util.Optional;

/**
 * What an upstream server answered: checked from end to end, without what EDNS added for that one hop.
 *
 * <p>The data of its records is passed on as it is; nobody here follows the pointers in it.
 */
public final class Response {
    private static final int NOT_CACHEABLE = 0;
    private static final int SOA_NUMBERS_BYTES = 20;

    private final byte[] bytes;
    private final int[] ttlOffsets;
    private final boolean hasAnswer;
    private final int lifetimeSeconds;

    private Response(byte[] bytes, int[] ttlOffsets, boolean hasAnswer, int lifetimeSeconds) {
        this.bytes = bytes;
        this.ttlOffsets = ttlOffsets;
        this.hasAnswer = hasAnswer;
        this.lifetimeSeconds = lifetimeSeconds;
    }

    /**
     * Reads what came from the server that was asked.
     *
     * @param query what was sent to it, from its start on; only its id and question count
     * @param questionEnd where the question of it ends
     * @return empty when it is no answer to that query, or broken
     */
    public static Optional<Response> read(byte[] message, int length, byte[] query, int questionEnd) {
        boolean answers = length >= questionEnd
                && Wire.u16(message, Wire.ID_OFFSET) == Wire.u16(query, Wire.ID_OFFSET)
                && (Wire.u16(message, Wire.FLAGS_OFFSET) & (Wire.QR | Wire.OPCODE)) == Wire.QR
                && Wire.u16(message, Wire.QUESTIONS_OFFSET) == 1
                && isSameQuestion(message, query, questionEnd);
        if (!answers) {
            return Optional.empty();
        }
        Walk walk = new Walk(message, length, questionEnd);
        return walk.isWhole() ? Optional.of(walk.response()) : Optional.empty();
    }

    private static boolean isSameQuestion(byte[] message, byte[] query, int questionEnd) {
        int nameEnd = questionEnd - 4;
        for (int i = Wire.HEADER_BYTES; i < nameEnd; i++) {
            if (Wire.lower(message[i]) != Wire.lower(query[i])) {
                return false;
            }
        }
        return Arrays.equals(message, nameEnd, questionEnd, query, nameEnd, questionEnd);
    }

    /** The way through the records of a message. */
    private static final class Walk {
        private final byte[] message;
        private final int end;
        private final int type;
        private final int[] ttls;
        private int found;
        private int at;
        private int opt = -1;
        private int additionals;
        private long shortestSeconds = Long.MAX_VALUE;
        private boolean hasAnswer;
        private long absenceSeconds = -1;

        Walk(byte[] message, int end, int questionEnd) {
            this.message = message;
            this.end = end;
            this.at = questionEnd;
            this.type = Wire.u16(message, questionEnd - 4);
            // A record has at least eleven bytes: what the header promises beyond that cannot be there.
            this.ttls = new int
                    [Math.min(
                            count(Wire.ANSWERS_OFFSET)
                                    + count(Wire.AUTHORITIES_OFFSET)
                                    + count(Wire.ADDITIONALS_OFFSET),
                            end / Wire.OPT_BYTES + 1)];
        }

        private int count(int offset) {
            return Wire.u16(message, offset);
        }

        boolean isWhole() {
            return section(Wire.ANSWERS_OFFSET) && section(Wire.AUTHORITIES_OFFSET) && section(Wire.ADDITIONALS_OFFSET);
        }

        private boolean section(int offset) {
            for (int i = 0; i < count(offset); i++) {
                int data = Wire.skipName(message, at, end);
                if (data < 0 || data + Wire.RECORD_BYTES > end) {
                    return false;
                }
                int next = data + Wire.RECORD_BYTES + Wire.u16(message, data + 8);
                if (next > end) {
                    return false;
                }
                if (Wire.u16(message, data) == Wire.TYPE_OPT) {
                    if (opt >= 0 || offset != Wire.ADDITIONALS_OFFSET) {
                        return false;
                    }
                    opt = at;
                } else if (opt < 0) {
                    record(offset, data, next);
                }
                at = next;
            }
            return true;
        }

        private void record(int section, int data, int next) {
            int recordType = Wire.u16(message, data);
            additionals += section == Wire.ADDITIONALS_OFFSET ? 1 : 0;
            // The highest bit must not be there; whoever sets it means 0 (RFC 2181).
            long ttl = Math.max(Wire.i32(message, data + 4), 0);
            ttls[found++] = data + 4;
            shortestSeconds = Math.min(shortestSeconds, ttl);
            hasAnswer |= section == Wire.ANSWERS_OFFSET && (recordType == type || type == Wire.TYPE_ANY);
            if (section == Wire.AUTHORITIES_OFFSET
                    && recordType == Wire.TYPE_SOA
                    && next - data - Wire.RECORD_BYTES >= SOA_NUMBERS_BYTES) {
                absenceSeconds = Math.min(ttl, Math.max(Wire.i32(message, next - Integer.BYTES), 0));
            }
        }

        /** What EDNS adds comes last, but for signatures of this one message, which go with it. */
        Response response() {
            byte[] copy = Arrays.copyOf(message, opt >= 0 ? opt : at);
            Wire.put16(copy, Wire.ADDITIONALS_OFFSET, additionals);
            return new Response(copy, Arrays.copyOf(ttls, found), hasAnswer, lifetime());
        }

        /** RFC 2308: an absence is remembered as long as the zone says, and not at all where no zone says anything. */
        private int lifetime() {
            int flags = Wire.u16(message, Wire.FLAGS_OFFSET);
            int rcode = flags & Wire.RCODE;
            boolean known = rcode == Wire.NO_ERROR || rcode == Wire.NO_SUCH_NAME;
            if (!known || (flags & Wire.TC) != 0) {
                return NOT_CACHEABLE;
            }
            if (rcode == Wire.NO_ERROR && hasAnswer) {
                return (int) Math.min(shortestSeconds, Integer.MAX_VALUE);
            }
            return absenceSeconds < 0 ? NOT_CACHEABLE : (int) Math.min(absenceSeconds, shortestSeconds);
        }
    }

    /** The message. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bytes it has. */
    public int length() {
        return bytes.length;
    }

    int flags() {
        return Wire.u16(bytes, Wire.FLAGS_OFFSET);
    }

    /** The kind of answer: one of the rcodes of {@link Wire}. */
    public int rcode() {
        return flags() & Wire.RCODE;
    }

    /** Whether it says something about the name, be it that there is no such name: a failure is asked elsewhere again. */
    public boolean isFinal() {
        return rcode() == Wire.NO_ERROR || rcode() == Wire.NO_SUCH_NAME;
    }

    /** Whether the server left something out and wants to be asked again by TCP. */
    public boolean isTruncated() {
        return (flags() & Wire.TC) != 0;
    }

    /** Whether it has a record of the type that was asked for. */
    public boolean hasAnswer() {
        return hasAnswer;
    }

    int[] ttlOffsets() {
        return ttlOffsets;
    }

    /** How long it may be remembered, in seconds; 0 for not at all. */
    public int lifetimeSeconds() {
        return lifetimeSeconds;
    }
}
