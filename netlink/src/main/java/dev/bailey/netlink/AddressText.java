package dev.bailey.netlink;

import java.net.InetAddress;
import java.util.List;

/** Addresses as people write them. */
public final class AddressText {
    private AddressText() {}

    /** Returns an IPv4 or IPv6 address without a scope, the latter in the short form of RFC 5952. */
    public static String of(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String bare = scope < 0 ? text : text.substring(0, scope);
        return bare.indexOf(':') < 0 ? bare : shorten(bare);
    }

    /** Puts {@code ::} for the longest run of two zero groups or more. */
    private static String shorten(String eightGroups) {
        String[] groups = eightGroups.split(":");
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        if (bestStart < 0) {
            return eightGroups;
        }
        List<String> all = List.of(groups);
        return String.join(":", all.subList(0, bestStart))
                + "::"
                + String.join(":", all.subList(bestStart + bestLength, all.size()));
    }
}
