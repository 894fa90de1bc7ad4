package dev.bailey.engine;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.lab.LabHost;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Ethernet frames byte by byte, as somebody with CAP_NET_RAW may send them. */
final class Frames {
    static final MacAddress EVERYBODY = new MacAddress(0xffff_ffff_ffffL);
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int IPV6 = 0x86dd;
    private static final int UDP_PORT = 9999;
    private static final int IPV6_HEADER = 40;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int REDIRECT = 137;

    private Frames() {}

    static MacAddress mac(Endpoint endpoint) {
        return endpoint.mac();
    }

    static Ipv4Address address(Endpoint endpoint) {
        return endpoint.ipv4().orElseThrow().address().address();
    }

    /** Sends a frame out of a sandbox. */
    static void send(LabHost from, byte[] frame) {
        StringBuilder text = new StringBuilder();
        for (byte each : frame) {
            text.append(String.format("\\%03o", each & 0xff));
        }
        from.exec("sh", "-c", "printf '" + text + "' | socat -u - INTERFACE:eth0");
    }

    static byte[] ethernet(MacAddress to, MacAddress from, int type, byte[] payload) {
        int length = Math.max(60, 14 + payload.length);
        return ByteBuffer.allocate(length)
                .put(to.toByteArray())
                .put(from.toByteArray())
                .putShort((short) type)
                .put(payload)
                .array();
    }

    /** Somebody says to everybody that an address is to be found at a hardware address. */
    static byte[] arp(MacAddress from, MacAddress senderMac, Ipv4Address sender, Ipv4Address target) {
        ByteBuffer packet = ByteBuffer.allocate(28)
                .putShort((short) 1)
                .putShort((short) IPV4)
                .put((byte) 6)
                .put((byte) 4)
                .putShort((short) 2)
                .put(senderMac.toByteArray())
                .putInt(sender.bits())
                .put(EVERYBODY.toByteArray())
                .putInt(target.bits());
        return ethernet(EVERYBODY, from, ARP, packet.array());
    }

    static byte[] udp(MacAddress to, MacAddress from, Ipv4Address source, Ipv4Address destination) {
        return ethernet(to, from, IPV4, udp(source, destination));
    }

    static byte[] tagged(MacAddress to, MacAddress from, Ipv4Address source, Ipv4Address destination) {
        byte[] packet = udp(source, destination);
        ByteBuffer tagged = ByteBuffer.allocate(4 + packet.length);
        tagged.putShort((short) 5).putShort((short) IPV4).put(packet);
        return ethernet(to, from, 0x8100, tagged.array());
    }

    private static byte[] udp(Ipv4Address source, Ipv4Address destination) {
        ByteBuffer packet = ByteBuffer.allocate(32)
                .putInt(0x4500_0020)
                .putInt(0)
                .putInt(0x4011_0000)
                .putInt(source.bits())
                .putInt(destination.bits());
        packet.putShort(10, checksum(packet.array()));
        packet.putShort((short) UDP_PORT)
                .putShort((short) UDP_PORT)
                .putShort((short) 12)
                .putShort((short) 0)
                .putInt(0x42414946);
        return packet.array();
    }

    private static short checksum(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        }
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    /** A router advertisement for everybody: "I am the way out". */
    static byte[] routerAdvertisement(MacAddress from, Ipv6Address source) {
        return icmpv6(from, source, message(ROUTER_ADVERTISEMENT, 0x4000_0708, Ipv6Address.ANY, 16), false);
    }

    /** Somebody says to everybody that an IPv6 address is with them. */
    static byte[] neighbourAdvertisement(
            MacAddress from, Ipv6Address source, Ipv6Address target, boolean behindOptions) {
        return icmpv6(from, source, message(NEIGHBOUR_ADVERTISEMENT, 0x2000_0000, target, 24), behindOptions);
    }

    /** "There is a better way to that address, by me." */
    static byte[] redirect(MacAddress from, Ipv6Address source, Ipv6Address target) {
        return icmpv6(from, source, message(REDIRECT, 0, target, 40), false);
    }

    private static byte[] message(int type, int flags, Ipv6Address target, int length) {
        ByteBuffer message = ByteBuffer.allocate(length).putInt(type << 24).putInt(flags);
        if (length >= 24) {
            message.put(target.toByteArray());
        }
        return message.array();
    }

    /** To all nodes of the link; the checksum is right for these very bytes. */
    private static byte[] icmpv6(MacAddress from, Ipv6Address source, byte[] message, boolean behindOptions) {
        int options = behindOptions ? 8 : 0;
        ByteBuffer packet = ByteBuffer.allocate(IPV6_HEADER + options + message.length);
        packet.putInt(0x6000_0000).putShort((short) (options + message.length));
        packet.put((byte) (behindOptions ? DESTINATION_OPTIONS : ICMPV6)).put((byte) 255);
        packet.put(source.toByteArray()).put(Ipv6Address.parse("ff02::1").toByteArray());
        if (behindOptions) {
            packet.put((byte) ICMPV6).put((byte) 0).put((byte) 1).put((byte) 4).putInt(0);
        }
        packet.put(message);
        packet.putShort(IPV6_HEADER + options + 2, icmpChecksum(packet.array(), message));
        return ethernet(new MacAddress(0x3333_0000_0001L), from, IPV6, packet.array());
    }

    private static short icmpChecksum(byte[] packet, byte[] message) {
        byte[] summed = Arrays.copyOfRange(packet, 8, IPV6_HEADER + message.length);
        System.arraycopy(message, 0, summed, 32, message.length);
        long sum = ICMPV6 + message.length;
        for (int i = 0; i < summed.length; i += 2) {
            sum += (summed[i] & 0xff) << 8 | summed[i + 1] & 0xff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
