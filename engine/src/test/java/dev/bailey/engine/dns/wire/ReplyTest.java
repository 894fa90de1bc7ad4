package dev.bailey.engine.dns.wire;

import static dev.bailey.engine.dns.wire.QueryTest.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Seed;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Answers of our own and those passed on, byte by byte. */
class ReplyTest {
    private final Query query = new Query();
    private final Reply reply = new Reply();

    private void ask(byte[] message) {
        assertThat(query.read(message, message.length)).isEqualTo(Query.Verdict.ASKS);
    }

    private byte[] written(int length) {
        return Arrays.copyOf(reply.bytes(), length);
    }

    @Test
    void address_keepsTheLettersOfTheQuestion() {
        ask(hex("1234 0100 0001 0000 0000 0000 | 03 576542 00 0001 0001"));
        reply.start(query, Wire.NO_ERROR);
        reply.address(0, 0x0a000002);
        assertThat(written(reply.finish(query, 512)))
                .isEqualTo(hex("1234 8180 0001 0001 0000 0000 | 03 576542 00 0001 0001"
                        + "| c00c 0001 0001 00000000 0004 0a000002"));
    }

    @Test
    void error_withEdns_hasItToo() {
        ask(Messages.queryWithEdns(0x0102, "x", 1, 4096, true));
        reply.start(query, Wire.NO_SUCH_NAME);
        assertThat(written(reply.finish(query, 512)))
                .isEqualTo(hex("0102 8183 0001 0000 0000 0001 | 01 78 00 0001 0001 | 00 0029 04d0 00008000 0000"));
    }

    @Test
    void badVersion_isInTheExtendedCode() {
        byte[] message = hex("0001 0100 0001 0000 0000 0001 | 01 61 00 0001 0001 | 00 0029 0200 00010000 0000");
        query.read(message, message.length);
        reply.start(query, query.error());
        assertThat(written(reply.finish(query, 512)))
                .isEqualTo(hex("0001 8180 0001 0000 0000 0001 | 01 61 00 0001 0001 | 00 0029 04d0 01000000 0000"));
    }

    @Test
    void pointerAndService_writeNames() {
        ask(Messages.query(1, "a", 12));
        reply.start(query, Wire.NO_ERROR);
        reply.pointer(0, "web.net");
        assertThat(written(reply.finish(query, 512)))
                .isEqualTo(hex("0001 8180 0001 0001 0000 0000 | 01 61 00 000c 0001"
                        + "| c00c 000c 0001 00000000 0009 03776562 036e6574 00"));
        ask(Messages.query(1, "a", 33));
        reply.start(query, Wire.NO_ERROR);
        int host = reply.service(0, 80, "web");
        reply.addressOf(host, 0, 0x0a000002);
        assertThat(written(reply.finish(query, 512)))
                .isEqualTo(hex("0001 8180 0001 0001 0000 0001 | 01 61 00 0021 0001"
                        + "| c00c 0021 0001 00000000 000b 0000 0000 0050 03776562 00"
                        + "| c025 0001 0001 00000000 0004 0a000002"));
        assertThat(Reply.isWritable("a..b")).isFalse();
        assertThat(Reply.isWritable("a".repeat(64))).isFalse();
        assertThat(Reply.isWritable("a".repeat(63) + ".net")).isTrue();
    }

    @Test
    void finish_tooLong_saysAskByTcp() {
        ask(Messages.query(1, "web", 1));
        reply.start(query, Wire.NO_ERROR);
        for (int i = 0; i < 40; i++) {
            reply.address(0, i);
        }
        assertThat(written(reply.finish(query, 512)))
                .isEqualTo(hex("0001 8380 0001 0000 0000 0000 | 03 776562 00 0001 0001"));
        reply.start(query, Wire.NO_ERROR);
        for (int i = 0; i < 5000; i++) {
            reply.address(0, i);
        }
        assertThat(reply.finish(query, 65535)).isEqualTo(21);
    }

    private static Response response(byte[] message, byte[] asked) {
        return Response.read(message, message.length, asked, asked.length).orElseThrow();
    }

    @Test
    void relay_takesAgeOffAndItsOwnEdns() {
        byte[] sent = Messages.query(0x7777, "www.example", 1);
        byte[] message = Messages.begin()
                .header(0x7777, 0x8580, 1, 2, 0, 1)
                .question("www.example", 1)
                .record(1, 300, "01020304")
                .record(1, 100, "01020305")
                .opt(512)
                .bytes();
        Response response = response(message, sent);
        assertThat(response.lifetimeSeconds()).isEqualTo(100);
        assertThat(response.isFinal()).isTrue();

        ask(hex("0005 0100 0001 0000 0000 0000 | 03 575757 07 4558414d504c45 00 0001 0001"));
        assertThat(written(reply.relay(query, response, 101, 512)))
                .isEqualTo(hex("0005 8180 0001 0002 0000 0000 | 03 575757 07 4558414d504c45 00 0001 0001"
                        + "| c00c 0001 0001 000000c7 0004 01020304 | c00c 0001 0001 00000000 0004 01020305"));
        assertThat(written(reply.relay(query, response, 0, 40)))
                .isEqualTo(hex("0005 8380 0001 0000 0000 0000 | 03 575757 07 4558414d504c45 00 0001 0001"));
    }

    @Test
    void lifetime_ofAbsences_isWhatTheZoneSays() {
        String soa = "00 00 00000001 00000002 00000003 00000004 0000003c";
        byte[] sent = Messages.query(1, "no.example", 1);
        assertThat(response(negative(0x8183, 900, soa), sent).lifetimeSeconds()).isEqualTo(60);
        assertThat(response(negative(0x8180, 30, soa), sent).lifetimeSeconds()).isEqualTo(30);
        assertThat(response(negative(0x8182, 30, soa), sent).lifetimeSeconds()).isZero();
        assertThat(response(negative(0x8182, 30, soa), sent).isFinal()).isFalse();
        byte[] bare = Messages.begin()
                .header(1, 0x8183, 1, 0, 0, 0)
                .question("no.example", 1)
                .bytes();
        assertThat(response(bare, sent).lifetimeSeconds()).isZero();
    }

    private static byte[] negative(int flags, int ttl, String soa) {
        return Messages.begin()
                .header(1, flags, 1, 0, 1, 0)
                .question("no.example", 1)
                .record(6, ttl, soa)
                .bytes();
    }

    @Test
    void read_whatIsNoAnswerToIt_isNone() {
        byte[] sent = Messages.query(9, "a.example", 1);
        for (byte[] other : new byte[][] {
            Messages.query(9, "a.example", 1),
            Messages.begin()
                    .header(8, 0x8180, 1, 0, 0, 0)
                    .question("a.example", 1)
                    .bytes(),
            Messages.begin()
                    .header(9, 0x8180, 1, 0, 0, 0)
                    .question("b.example", 1)
                    .bytes(),
            Messages.begin()
                    .header(9, 0x8180, 1, 0, 0, 0)
                    .question("a.example", 28)
                    .bytes(),
            Messages.begin().header(9, 0x8180, 0, 0, 0, 0).bytes(),
            Messages.begin()
                    .header(9, 0x8180, 1, 1, 0, 0)
                    .question("a.example", 1)
                    .bytes(),
            Messages.begin()
                    .header(9, 0x8180, 1, 1, 0, 0)
                    .question("a.example", 1)
                    .u16(0xc00c)
                    .u16(1)
                    .u16(1)
                    .u32(5)
                    .u16(4)
                    .u16(0)
                    .bytes()
        }) {
            assertThat(Response.read(other, other.length, sent, sent.length)).isEmpty();
        }
    }

    /** Pointers that go round, lengths that lie and counts that promise too much end nowhere but here (RFC 9267). */
    @Test
    void read_randomBytes_neverThrowsAndWhatIsReadCanBePassedOn() {
        RandomGenerator random = Seed.generator("read_randomBytes_neverThrowsAndWhatIsReadCanBePassedOn");
        byte[] sent = Messages.query(9, "a.example", 1);
        byte[] base = Messages.begin()
                .header(9, 0x8180, 1, 2, 1, 1)
                .question("a.example", 1)
                .record(5, 10, "0162c00c")
                .record(1, 20, "01020304")
                .record(6, 10, "00 00 00000001 00000002 00000003 00000004 0000003c")
                .opt(512)
                .bytes();
        ask(Messages.queryWithEdns(3, "A.example", 1, 1232, false));
        for (int round = 0; round < 200_000; round++) {
            byte[] message = Arrays.copyOf(base, base.length - random.nextInt(4) * random.nextInt(20));
            for (int i = random.nextInt(5); i > 0; i--) {
                int at = random.nextInt(10) == 0
                        ? random.nextInt(message.length)
                        : 27 + random.nextInt(message.length - 27);
                message[at] = (byte) random.nextInt(256);
            }
            Optional<Response> read = Response.read(message, message.length, sent, sent.length);
            if (read.isPresent()) {
                assertThat(reply.relay(query, read.get(), 5, 1232)).isBetween(12, 1232);
            }
        }
    }
}
