package dev.bailey.daemon.config;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is set, each setting in one place, and nothing that contradicts something else.
 *
 * @param given what is set
 * @param passedOver what was found in Docker's configuration and is Docker's own affair, each with its place
 */
public record Configuration(Map<Setting, Given> given, List<String> passedOver) {
    /** Copies the parts. */
    public Configuration {
        given = Map.copyOf(given);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * Puts what several places say together.
     *
     * @throws UsageException when two set the same thing, or one takes away what another sets
     */
    static Configuration of(List<Given> all, List<String> passedOver) {
        Map<Setting, Given> given = new EnumMap<>(Setting.class);
        for (Given each : all) {
            Given earlier = given.putIfAbsent(each.setting(), each);
            if (earlier != null) {
                throw new UsageException(each.setting().flag() + " is set twice, by " + earlier.where() + " and by "
                        + each.where() + ": set it in one place");
            }
        }
        Configuration configuration = new Configuration(given, passedOver);
        configuration.checkEffects();
        return configuration;
    }

    /** Returns the values of a setting; none where nobody set it. */
    public List<String> values(Setting setting) {
        Given found = given.get(setting);
        return found == null ? List.of() : found.values();
    }

    /** Returns where a setting was set. */
    public Origin origin(Setting setting) {
        Given found = given.get(setting);
        return found == null ? Origin.DEFAULT : found.origin();
    }

    /** Returns whether a setting has the same values in another configuration. */
    public boolean agrees(Configuration other, Setting setting) {
        return values(setting).equals(other.values(setting));
    }

    /** Returns this configuration with these settings as another one has them. */
    public Configuration with(Configuration other, Collection<Setting> settings) {
        Map<Setting, Given> changed = new EnumMap<>(Setting.class);
        changed.putAll(given);
        settings.forEach(setting -> {
            changed.remove(setting);
            Optional.ofNullable(other.given.get(setting)).ifPresent(each -> changed.put(setting, each));
        });
        return new Configuration(changed, passedOver);
    }

    private void checkEffects() {
        if (values(Setting.BRIDGE).equals(List.of("none"))) {
            List.of(
                            Setting.BIP,
                            Setting.FIXED_CIDR,
                            Setting.DEFAULT_GATEWAY,
                            Setting.MTU,
                            Setting.ICC,
                            Setting.GUARD,
                            Setting.IP_MASQ,
                            Setting.IP_MASQ_RANDOM,
                            Setting.IPV6,
                            Setting.BIP6,
                            Setting.FIXED_CIDR_V6,
                            Setting.DEFAULT_GATEWAY_V6,
                            Setting.DEFAULT_ADDRESS_POOL)
                    .forEach(setting -> refuse(setting, Setting.BRIDGE, "there is no default network"));
        }
        refuse(Setting.BIP, Setting.BRIDGE, "a bridge of your own has its address already");
        refuse(Setting.BIP6, Setting.BRIDGE, "a bridge of your own has its address already");
        if (values(Setting.DEFAULT_ADDRESS_POOL).stream().anyMatch(pool -> pool.indexOf(':') < 0)) {
            refuseIdlePools();
        }
    }

    private void refuseIdlePools() {
        refuse(Setting.DEFAULT_ADDRESS_POOL, Setting.BRIDGE, "the default network has the subnet of your bridge");
        refuse(Setting.DEFAULT_ADDRESS_POOL, Setting.BIP, "the default network's subnet is that of the address");
        refuse(Setting.DEFAULT_ADDRESS_POOL, Setting.FIXED_CIDR, "the default network's subnet is that of the range");
    }

    private void refuse(Setting idle, Setting because, String reason) {
        Optional<Given> first = Optional.ofNullable(given.get(idle));
        Optional<Given> second = Optional.ofNullable(given.get(because));
        if (first.isPresent() && second.isPresent()) {
            throw new UsageException(first.get().where() + " has no effect beside "
                    + second.get().where() + ": " + reason + "; leave one of them out");
        }
    }
}
