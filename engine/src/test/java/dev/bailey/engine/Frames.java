package dev.bailey.engine;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Ipv4Address;
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

    private Frames() {}

    static MacAddress mac(Endpoint endpoint) {
        return endpoint.mac();
    }

    static Ipv4Address address(Endpoint endpoint) {
        return endpoint.address().address();
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

    /** A router advertisement for everybody: "I am the way out". The checksum is right for these very bytes. */
    static byte[] routerAdvertisement(MacAddress from) {
        ByteBuffer packet = ByteBuffer.allocate(56);
        packet.putInt(0x6000_0000).putShort((short) 16).put((byte) 58).put((byte) 255);
        packet.putLong(0xfe80_0000_0000_0000L)
                .putLong(1)
                .putLong(0xff02_0000_0000_0000L)
                .putLong(1);
        packet.putInt(0x8600_0000).putInt(0x4000_0708).putInt(0).putInt(0);
        packet.putShort(42, icmpChecksum(packet.array()));
        return ethernet(new MacAddress(0x3333_0000_0001L), from, IPV6, packet.array());
    }

    private static short icmpChecksum(byte[] packet) {
        byte[] summed = Arrays.copyOfRange(packet, 8, packet.length);
        long sum = 58 + summed.length - 32;
        for (int i = 0; i < summed.length; i += 2) {
            sum += (summed[i] & 0xff) << 8 | summed[i + 1] & 0xff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
