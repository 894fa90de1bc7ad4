package dev.bailey.engine.dns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Seed;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What clients send, byte by byte, and what anybody else may send. */
class QueryTest {
    private final Query query = new Query();

    private Query.Verdict read(byte[] message) {
        return query.read(message, message.length);
    }

    @Test
    void read_plainQuestion_isUnderstood() {
        assertThat(read(hex("1234 0100 0001 0000 0000 0000 | 03 776542 02 6462 00 0001 0001")))
                .isEqualTo(Query.Verdict.ASKS);
        assertThat(query.name()).isEqualTo("web.db");
        assertThat(query.labels()).isEqualTo(2);
        assertThat(query.type()).isEqualTo(Wire.TYPE_A);
        assertThat(query.questionClass()).isEqualTo(Wire.CLASS_IN);
        assertThat(query.udpBytes()).isEqualTo(512);
        assertThat(query.hasEdns()).isFalse();
    }

    @Test
    void read_edns_tellsPayloadAndDnssec() {
        assertThat(read(Messages.queryWithEdns(1, "web", 28, 1232, true))).isEqualTo(Query.Verdict.ASKS);
        assertThat(query.udpBytes()).isEqualTo(1232);
        assertThat(query.isDnssecOk()).isTrue();
        assertThat(read(Messages.queryWithEdns(1, "web", 28, 100, false))).isEqualTo(Query.Verdict.ASKS);
        assertThat(query.udpBytes()).isEqualTo(512);
        assertThat(read(Messages.queryWithEdns(1, "web", 28, 65535, false))).isEqualTo(Query.Verdict.ASKS);
        assertThat(query.udpBytes()).isEqualTo(4096);
    }

    @Test
    void read_rootAndOddLabels_noTextStandsForThem() {
        assertThat(read(Messages.query(1, "", 2))).isEqualTo(Query.Verdict.ASKS);
        assertThat(query.name()).isEmpty();
        assertThat(query.labels()).isZero();
        assertThat(read(hex("0001 0100 0001 0000 0000 0000 | 03 612e62 00 0001 0001")))
                .isEqualTo(Query.Verdict.ASKS);
        assertThat(query.name()).isEmpty();
        assertThat(read(hex("0001 0100 0001 0000 0000 0000 | 02 c3bc 00 0001 0001")))
                .isEqualTo(Query.Verdict.ASKS);
        assertThat(query.name()).isEqualTo("ü");
    }

    @Test
    void read_whatIsNoQuery_isDropped() {
        assertThat(read(new byte[11])).isEqualTo(Query.Verdict.DROP);
        assertThat(read(hex("1234 8180 0001 0000 0000 0000 | 01 61 00 0001 0001")))
                .isEqualTo(Query.Verdict.DROP);
    }

    @Test
    void read_wrongMessages_sayWhatIsWrong() {
        assertWrong("0001 2000 0001 0000 0000 0000 | 01 61 00 0001 0001", Wire.NOT_IMPLEMENTED);
        assertWrong("0001 0100 0000 0000 0000 0000", Wire.FORMAT_ERROR);
        assertWrong("0001 0100 0002 0000 0000 0000 | 01 61 00 0001 0001", Wire.FORMAT_ERROR);
        assertWrong("0001 0100 0001 0000 0000 0000 | 01 61 00 0001 00", Wire.FORMAT_ERROR);
        assertWrong("0001 0100 0001 0000 0000 0000 | 05 61", Wire.FORMAT_ERROR);
        assertWrong("0001 0100 0001 0000 0000 0000 | c00c 0001 0001", Wire.FORMAT_ERROR);
        assertWrong("0001 0100 0001 0000 0000 0001 | 01 61 00 0001 0001", Wire.FORMAT_ERROR);
        assertWrong("0001 0100 0001 0000 0000 0001 | 01 61 00 0001 0001 | 00 0029 0200 00000000 0009", 1);
        String opt = "00 0029 0200 00000000 0000";
        assertWrong("0001 0100 0001 0000 0000 0002 | 01 61 00 0001 0001 | " + opt + opt, Wire.FORMAT_ERROR);
        assertWrong("0001 0100 0001 0000 0000 0001 | 01 61 00 0001 0001 | 00 0029 0200 00010000 0000", 16);
    }

    private void assertWrong(String message, int error) {
        assertThat(read(hex(message))).as(message).isEqualTo(Query.Verdict.WRONG);
        assertThat(query.error()).as(message).isEqualTo(error);
    }

    @Test
    void read_nameOf256Bytes_isRefused() {
        String longest = String.join(".", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61));
        assertThat(read(Messages.query(1, longest, 1))).isEqualTo(Query.Verdict.ASKS);
        assertThat(query.name()).isEqualTo(longest);
        assertThat(read(Messages.query(1, longest + "d", 1))).isEqualTo(Query.Verdict.WRONG);
    }

    @Test
    void key_sameQuestionInOtherLetters_isEqual() {
        read(Messages.query(1, "Web.Example", 1));
        QuestionKey kept = query.key().copy();
        read(Messages.query(2, "wEB.eXAMPLE", 1));
        assertThat(query.key()).isEqualTo(kept).hasSameHashCodeAs(kept);
        read(Messages.query(2, "web.example", 28));
        assertThat(query.key()).isNotEqualTo(kept);
        read(Messages.queryWithEdns(2, "web.example", 1, 1232, false));
        assertThat(query.key()).isNotEqualTo(kept);
    }

    @Test
    void writeForwarded_leavesOutWhatIsOnlyForThisHop() {
        byte[] asked = hex("1234 0110 0001 0000 0000 0001 | 01 41 00 0001 0001 | 00 0029 1000 00008000 0004 000a0000");
        read(asked);
        byte[] target = new byte[query.forwardedBytes()];
        query.writeForwarded(0xbeef, target);
        assertThat(target)
                .isEqualTo(hex("beef 0110 0001 0000 0000 0001 | 01 41 00 0001 0001 | 00 0029 04d0 00008000 0000"));
    }

    /** Whatever comes, an answer can be written, and reading ends. */
    @Test
    void read_randomBytes_neverThrows() {
        RandomGenerator random = Seed.generator("read_randomBytes_neverThrows");
        Reply reply = new Reply();
        byte[] base = Messages.queryWithEdns(7, "some.name.example", 1, 1232, true);
        for (int round = 0; round < 200_000; round++) {
            byte[] message = Arrays.copyOf(base, random.nextInt(base.length + 8));
            for (int i = random.nextInt(6); i > 0 && message.length > 0; i--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt(256);
            }
            Query.Verdict verdict = query.read(message, message.length);
            if (verdict != Query.Verdict.DROP) {
                reply.start(query, verdict == Query.Verdict.WRONG ? query.error() : Wire.NO_SUCH_NAME);
                assertThat(reply.finish(query, 512)).isBetween(12, 512);
                query.name();
            }
        }
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("[ |]", ""));
    }
}
