package dev.bailey.engine.dns;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What takes the place of the host's own settings for one sandbox, or for all; an empty list leaves the host's.
 *
 * @param nameservers IPv4 or IPv6 addresses; loopback addresses mean the sandbox itself
 * @param search domains to try for short names; a single {@code .} means none at all
 * @param options options of the resolver, as in resolv.conf
 */
public record DnsOverrides(List<String> nameservers, List<String> search, List<String> options) {
    /** Leaves everything as the host has it. */
    public static final DnsOverrides NONE = new DnsOverrides(List.of(), List.of(), List.of());

    private static final int MAX_DOMAIN_LENGTH = 253;
    private static final Pattern DOMAIN =
            Pattern.compile("\\.|[a-zA-Z0-9_]([a-zA-Z0-9_-]*)(\\.[a-zA-Z0-9_][a-zA-Z0-9_-]*)*\\.?");
    private static final Pattern OPTION = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9:_-]*");

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException naming the first bad one and what would be right
     */
    public DnsOverrides {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
        nameservers.forEach(n -> require(
                Nameserver.parse(n).isPresent(), n, "the address of a nameserver: write an IPv4 or IPv6 address"));
        search.forEach(domain -> require(
                domain.length() <= MAX_DOMAIN_LENGTH && DOMAIN.matcher(domain).matches(),
                domain,
                "a search domain: write one like example.com, or a single dot for none"));
        options.forEach(option -> require(
                OPTION.matcher(option).matches(), option, "a resolver option: write one like ndots:2 or use-vc"));
    }

    private static void require(boolean holds, String value, String what) {
        if (!holds) {
            throw new IllegalArgumentException("'" + value.strip() + "' is not " + what);
        }
    }
}
