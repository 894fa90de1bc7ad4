package dev.bailey.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MessageReaderTest {

    private static final int NLM_F_CAPPED = 0x100;
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int ROUNDS = 3000;

    @Test
    void writeTo_request_isTheKernelsHeader() {
        AttributeWriter out = new AttributeWriter();
        NetlinkMessage.request(18, NetlinkMessage.NLM_F_DUMP, new byte[] {0x11})
                .writeTo(out, 7, NetlinkMessage.NLM_F_ACK);

        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo("11000000" + "1200" + "0503" + "07000000" + "00000000" + "11" + "000000");
    }

    @Test
    void read_severalMessages_areApart() {
        AttributeWriter out = new AttributeWriter();
        NetlinkMessage.request(18, 0, new byte[] {1, 2, 3}).writeTo(out, 1, 0);
        NetlinkMessage.request(19, 0, new byte[0]).writeTo(out, 2, 0);

        assertThat(read(out.toByteArray()))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.type()).isEqualTo(18);
                            assertThat(first.sequence()).isEqualTo(1);
                            assertThat(first.payload()).containsExactly(1, 2, 3);
                        },
                        second -> {
                            assertThat(second.type()).isEqualTo(19);
                            assertThat(second.payload()).isEmpty();
                        });
    }

    @Test
    void read_lengthThatDoesNotFit_saysWhere() {
        byte[] bytes = HexFormat.of().parseHex("14000000120001000100000000000000");

        assertThatThrownBy(() -> read(bytes))
                .hasMessage("netlink message at byte 0 says it has 20 bytes where 16 are left");
    }

    @Test
    void refusal_acknowledgement_isNone() {
        assertThat(MessageReader.refusal(
                        answer(NLM_F_CAPPED, new AttributeWriter().putU32(0).put(new byte[16])), 0))
                .isEmpty();
    }

    @Test
    void refusal_cappedWithText_hasTextAndOffset() {
        AttributeWriter body = new AttributeWriter()
                .putU32(-17)
                .put(new byte[16])
                .string(1, "Interface exists")
                .u32(2, 36);

        assertThat(MessageReader.refusal(answer(NLM_F_CAPPED | NLM_F_ACK_TLVS, body), 3))
                .contains(new NetlinkException.Refusal(Errno.EEXIST, "Interface exists", 36, 3));
    }

    @Test
    void refusal_wholeRequestBeforeTheText_isPassedOver() {
        AttributeWriter request = new AttributeWriter()
                .putU32(18)
                .putU32(0)
                .putU32(0)
                .putU32(0)
                .putU16(0xffff)
                .putU16(0);
        AttributeWriter body =
                new AttributeWriter().putU32(-22).put(request.toByteArray()).string(1, "Bad flags");

        assertThat(MessageReader.refusal(answer(NLM_F_ACK_TLVS, body), 0))
                .contains(new NetlinkException.Refusal(Errno.EINVAL, "Bad flags", -1, 0));
    }

    @Test
    void refusal_attributeMissing_isSaid() {
        AttributeWriter body =
                new AttributeWriter().putU32(-22).put(new byte[16]).u32(5, 3);

        assertThat(MessageReader.refusal(answer(NLM_F_CAPPED | NLM_F_ACK_TLVS, body), 0))
                .contains(new NetlinkException.Refusal(Errno.EINVAL, "attribute 3 is missing", -1, 0));
    }

    @Test
    void doneRefusal_errnoAtTheEndOfADump_isARefusal() {
        assertThat(MessageReader.doneRefusal(answer(0, new AttributeWriter().putU32(-16)), 0))
                .contains(new NetlinkException.Refusal(Errno.EBUSY, "", -1, 0));
        assertThat(MessageReader.doneRefusal(answer(0, new AttributeWriter().putU32(0)), 0))
                .isEmpty();
        assertThat(MessageReader.doneRefusal(answer(0, new AttributeWriter()), 0))
                .isEmpty();
    }

    @Test
    void read_anyBytes_areReadOrRefusedAndNothingElse() {
        RandomGenerator random = Seed.generator("MessageReaderTest.read_anyBytes");
        AttributeWriter body = new AttributeWriter()
                .putU32(-17)
                .put(new byte[16])
                .string(1, "text")
                .u32(2, 36);
        AttributeWriter out = new AttributeWriter();
        answer(NLM_F_CAPPED | NLM_F_ACK_TLVS, body).writeTo(out, 1, 0);
        answer(NLM_F_ACK_TLVS, body).writeTo(out, 2, 0);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = out.toByteArray();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                for (NetlinkMessage message : read(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)))) {
                    Optional<NetlinkException.Refusal> error = MessageReader.refusal(message, 0);
                    Optional<NetlinkException.Refusal> end = MessageReader.doneRefusal(message, 0);
                    assertThat(error).isNotNull();
                    assertThat(end).isNotNull();
                }
            } catch (IllegalArgumentException saidSo) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, ROUNDS);
    }

    private static NetlinkMessage answer(int flags, AttributeWriter body) {
        return new NetlinkMessage(NetlinkMessage.NLMSG_ERROR, flags, 1, 0, body.toByteArray());
    }

    private static List<NetlinkMessage> read(byte[] datagram) {
        List<NetlinkMessage> messages = new ArrayList<>();
        MessageReader.read(datagram, messages::add);
        return messages;
    }
}
