package dev.bailey.netlink.nftables;

/** Writes rate limits. */
final class LimitText {
    private static final long KIB = 1024;

    private LimitText() {}

    static String of(Limit limit) {
        String over = limit.over() ? "over " : "";
        return switch (limit.measure()) {
            case PACKETS -> {
                boolean usual = limit.burst() == 0 || limit.burst() == Limit.DEFAULT_BURST;
                String burst = usual ? "" : " burst " + limit.burst() + " packets";
                yield "limit rate " + over + limit.rate() + "/" + unit(limit.unitSeconds()) + burst;
            }
            case BYTES -> {
                String burst = limit.burst() == 0 ? "" : " burst " + bytes(limit.burst());
                yield "limit rate " + over + bytes(limit.rate()) + "/" + unit(limit.unitSeconds()) + burst;
            }
        };
    }

    private static String bytes(long number) {
        if (number % (KIB * KIB) == 0) {
            return number / KIB / KIB + " mbytes";
        }
        return number % KIB == 0 ? number / KIB + " kbytes" : number + " bytes";
    }

    private static String unit(long seconds) {
        if (seconds == 1) {
            return "second";
        }
        if (seconds == 60) {
            return "minute";
        }
        if (seconds == 60 * 60) {
            return "hour";
        }
        if (seconds == 24 * 60 * 60) {
            return "day";
        }
        return seconds == 7 * 24 * 60 * 60 ? "week" : seconds + " seconds";
    }
}
