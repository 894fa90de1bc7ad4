package dev.bailey.daemon.config;

import java.util.List;

/**
 * Values that somebody gave to a setting.
 *
 * @param setting the setting
 * @param values at least one; more where the setting can be repeated
 * @param origin where
 */
public record Given(Setting setting, List<String> values, Origin origin) {
    /** Copies the list and checks that several values stand where several can. */
    public Given {
        values = List.copyOf(values);
        if (values.size() > 1 && !setting.isRepeatable()) {
            throw new UsageException(origin.label(setting.flag(), setting.key()) + " is given " + values.size()
                    + " times (" + String.join(", ", values) + "): give it once");
        }
    }

    /** Returns the begin of a complaint about it. */
    public String label() {
        return origin.label(setting.flag(), setting.key());
    }

    /** Returns its name with its place, for a sentence. */
    String where() {
        return origin.where(setting.flag(), setting.key());
    }
}
