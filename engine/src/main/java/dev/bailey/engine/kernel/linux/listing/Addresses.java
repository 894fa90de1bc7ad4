package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.netlink.AddressText;
import dev.bailey.netlink.nftables.Value;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses and prefixes as iptables writes them. */
final class Addresses {
    private Addresses() {}

    static boolean isZero(Value value) {
        for (byte b : value.toByteArray()) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** An address; with fewer bytes than one has, the beginning of it. */
    static String text(byte[] address) {
        try {
            return AddressText.of(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            return Arrays.toString(address);
        }
    }

    /** An address with a mask: nothing for a host, the prefix's length, or the mask itself where it has holes. */
    static String text(byte[] address, byte[] mask) {
        int length = prefixLength(mask);
        if (length == address.length * Byte.SIZE) {
            return text(address);
        }
        return text(address) + "/" + (length < 0 ? text(mask) : length);
    }

    /** How many bits a mask begins with; −1 for one with holes. */
    static int prefixLength(byte[] mask) {
        BigInteger bits = new BigInteger(1, mask);
        int ones = bits.bitCount();
        BigInteger whole = prefixMask(ones, mask.length);
        return bits.equals(whole) ? ones : -1;
    }

    private static BigInteger prefixMask(int ones, int bytes) {
        return BigInteger.ONE.shiftLeft(ones).subtract(BigInteger.ONE).shiftLeft(bytes * Byte.SIZE - ones);
    }

    /** The prefix's mask in bytes. */
    static byte[] mask(int ones, int bytes) {
        byte[] mask = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            int bits = Math.clamp(ones - i * 8L, 0, 8);
            mask[i] = (byte) (0xff00 >> bits);
        }
        return mask;
    }

    /** A range of addresses as the prefix that it is, else as first and last. */
    static String range(byte[] first, byte[] last) {
        byte[] mask = new byte[first.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) ~(first[i] ^ last[i]);
        }
        BigInteger same = new BigInteger(1, mask);
        boolean isPrefix = prefixLength(mask) >= 0
                && new BigInteger(1, first).and(same.not()).signum() == 0;
        return isPrefix ? text(first, mask) : text(first) + "-" + text(last);
    }
}
