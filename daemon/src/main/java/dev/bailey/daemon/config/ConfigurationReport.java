package dev.bailey.daemon.config;

import dev.bailey.api.view.ConfigValue;
import dev.bailey.engine.model.Network;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every setting with the value that holds and the place that it came from. */
public final class ConfigurationReport {
    private static final int GAP = 3;

    private ConfigurationReport() {}

    /** Returns all settings as they are set; one that nobody set says where its value will come from. */
    public static List<ConfigValue> of(Configuration configuration) {
        return Arrays.stream(Setting.values())
                .map(setting -> value(configuration, setting, Optional.empty()))
                .toList();
    }

    /** Returns all settings as a running daemon has them, with what the default network has become. */
    public static List<ConfigValue> of(Configuration configuration, Optional<Network> network) {
        Map<Setting, String> found = new EnumMap<>(Setting.class);
        network.ifPresent(has -> {
            found.put(Setting.BRIDGE, has.bridge().value());
            has.ipv4().ifPresent(ipv4 -> {
                found.put(Setting.BIP, ipv4.bridgeAddress().toString());
                found.put(Setting.FIXED_CIDR, ipv4.range().toString());
                found.put(Setting.DEFAULT_GATEWAY, ipv4.gateway().toString());
            });
            found.put(Setting.MTU, Integer.toString(has.mtuBytes()));
        });
        return Arrays.stream(Setting.values())
                .map(setting -> value(configuration, setting, Optional.ofNullable(found.get(setting))))
                .toList();
    }

    private static ConfigValue value(Configuration configuration, Setting setting, Optional<String> found) {
        List<String> values = configuration.values(setting);
        if (!values.isEmpty()) {
            return new ConfigValue(
                    setting.flag(),
                    String.join(", ", values),
                    configuration.origin(setting).place());
        }
        String from = found.isPresent() && !found.get().equals(setting.defaultText())
                ? Origin.DEFAULT.place() + ": " + setting.defaultText()
                : Origin.DEFAULT.place();
        return new ConfigValue(setting.flag(), found.orElse(setting.defaultText()), from);
    }

    /** Returns the lines of a table. */
    public static String table(List<ConfigValue> values) {
        int name = width(values.stream().map(ConfigValue::name).toList(), "SETTING");
        int value = width(values.stream().map(ConfigValue::value).toList(), "VALUE");
        StringBuilder text = new StringBuilder();
        line(text, name, value, new ConfigValue("SETTING", "VALUE", "ORIGIN"));
        values.forEach(each -> line(text, name, value, each));
        return text.toString();
    }

    private static int width(List<String> cells, String heading) {
        return Math.max(
                        heading.length(),
                        cells.stream().mapToInt(String::length).max().orElse(0))
                + GAP;
    }

    private static void line(StringBuilder text, int name, int value, ConfigValue cells) {
        text.append(cells.name())
                .repeat(' ', name - cells.name().length())
                .append(cells.value())
                .repeat(' ', value - cells.value().length())
                .append(cells.origin())
                .append('\n');
    }
}
