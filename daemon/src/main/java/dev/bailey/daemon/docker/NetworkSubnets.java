package dev.bailey.daemon.docker;

import dev.bailey.api.network.Ipam;
import dev.bailey.api.network.IpamConfig;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.model.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The subnets of Docker's request for a network: one of each family at the most. One without anything in it stands for none.
 *
 * @param ipv4 that of IPv4
 * @param ipv6 that of IPv6
 */
record NetworkSubnets(IpamConfig ipv4, IpamConfig ipv6) {
    private static final int NOT_IMPLEMENTED = 501;
    private static final IpamConfig NOTHING = new IpamConfig("", null, "", null);

    /**
     * Tells them apart.
     *
     * @param withIpv4 whether the network is to have IPv4
     * @param withIpv6 whether it is to have IPv6
     * @throws HttpFailure 400 when there are too many, or one of a family that is not asked for; 501 for another driver
     */
    static NetworkSubnets of(@Nullable Ipam ipam, boolean withIpv4, boolean withIpv6) {
        if (ipam == null) {
            return new NetworkSubnets(NOTHING, NOTHING);
        }
        if (!List.of("", "default").contains(ipam.driver()) || !ipam.options().isEmpty()) {
            throw new HttpFailure(
                    NOT_IMPLEMENTED, "address drivers other than default, and options for them, are not supported");
        }
        List<IpamConfig> given =
                ipam.config().stream().filter(each -> !each.equals(NOTHING)).toList();
        if (!withIpv4) {
            given.stream().filter(each -> !isIpv6(each)).findFirst().ifPresent(each -> {
                throw HttpFailure.badRequest(text(each)
                        + ": the network has no IPv4, let it have some (EnableIPv4) or leave that address out");
            });
        }
        given.stream().filter(each -> each.subnet().isEmpty()).findFirst().ifPresent(each -> {
            throw HttpFailure.badRequest(
                    "an IP range, a gateway or an auxiliary address needs the subnet that it is in");
        });
        NetworkSubnets subnets = new NetworkSubnets(
                only(given.stream().filter(each -> !isIpv6(each)).toList(), "IPv4"),
                only(given.stream().filter(NetworkSubnets::isIpv6).toList(), "IPv6"));
        if (!withIpv6 && !subnets.ipv6.equals(NOTHING)) {
            throw HttpFailure.badRequest("subnet " + subnets.ipv6.subnet()
                    + ": a network has an IPv6 subnet only where IPv6 is asked for, add --ipv6 (EnableIPv6)");
        }
        return subnets;
    }

    private static boolean isIpv6(IpamConfig config) {
        return text(config).contains(":");
    }

    /** The subnet, or where there is none what else is said of it. */
    private static String text(IpamConfig config) {
        return Stream.of(config.subnet(), config.gateway(), Objects.requireNonNullElse(config.ipRange(), ""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("an auxiliary address");
    }

    private static IpamConfig only(List<IpamConfig> subnets, String family) {
        if (subnets.size() > 1) {
            throw HttpFailure.badRequest("a network has one " + family + " subnet, not " + subnets.size());
        }
        return subnets.stream().findFirst().orElse(NOTHING);
    }

    /** A value of the request; what is wrong with it is answered with what it is. */
    static <T> Optional<T> read(String what, @Nullable String text, Function<String, T> reader) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException bad) {
            throw HttpFailure.badRequest(what + ": " + bad.getMessage());
        }
    }

    /** The auxiliary addresses of a subnet, by their names. */
    static <A extends IpAddress> Map<String, A> auxiliary(IpamConfig config, Function<String, A> reader) {
        Map<String, A> auxiliary = new TreeMap<>();
        Objects.requireNonNullElse(config.auxiliaryAddresses(), Map.<String, String>of())
                .forEach((name, text) -> read("auxiliary address " + name, text, reader)
                        .ifPresent(address -> auxiliary.put(name, address)));
        return auxiliary;
    }
}
