package dev.bailey.daemon.main;

import dev.bailey.api.view.ConfigValue;
import dev.bailey.daemon.config.Configuration;
import dev.bailey.daemon.config.ConfigurationReader;
import dev.bailey.daemon.config.ConfigurationReport;
import dev.bailey.daemon.config.Setting;
import dev.bailey.daemon.config.UsageException;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.Engine;
import dev.bailey.engine.EngineException;
import dev.bailey.runtime.DnsSettings;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holds in a running daemon, and what it takes over when it is told to read its settings again. Thread-safe. */
final class LiveSettings {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

    private final ConfigurationReader reader;
    private volatile Configuration configuration;
    private volatile DaemonOptions options;

    /**
     * The settings of a start.
     *
     * @param reader reads them again
     * @throws UsageException when something is wrong with them
     */
    LiveSettings(ConfigurationReader reader) {
        this.reader = reader;
        this.configuration = reader.read();
        this.options = OptionValues.of(configuration);
    }

    /** What was set at the start; what can change since is in the other methods. */
    DaemonOptions options() {
        return options;
    }

    Configuration configuration() {
        return configuration;
    }

    /** What containers resolve names with that are started from now on. */
    DnsSettings dns() {
        return options.dns();
    }

    /** The route that shows the settings. */
    Route route(Engine engine) {
        return Route.get("/bailey/config", exchange -> exchange.json(200, values(engine)));
    }

    private List<ConfigValue> values(Engine engine) {
        return ConfigurationReport.of(configuration, engine.snapshot().defaultNetwork());
    }

    /**
     * Reads all places again and takes over what can change in a running daemon; the rest is named in the log. What is wrong
     * is named there too, and then nothing changes.
     */
    synchronized void reload(Engine engine) {
        try {
            Configuration next = reader.read();
            DaemonOptions wanted = OptionValues.of(next);
            List<Setting> changed = Arrays.stream(Setting.values())
                    .filter(setting -> !configuration.agrees(next, setting))
                    .toList();
            changed.stream()
                    .filter(setting -> !setting.isReloadable())
                    .forEach(setting -> LOG.warn(
                            "{} is now {} ({}), which takes effect at the next start",
                            setting.flag(),
                            text(next, setting),
                            next.origin(setting).place()));
            List<Setting> taken = changed.stream().filter(Setting::isReloadable).toList();
            if (taken.isEmpty()) {
                LOG.info("settings read again: nothing to take over");
                return;
            }
            engine.changeDefaultNetwork(wanted.defaultNetwork().options());
            ConsoleLogging.setLevel(wanted.logLevel());
            configuration = configuration.with(next, taken);
            options = OptionValues.of(configuration);
            taken.forEach(setting -> LOG.info(
                    "{} is now {} ({})",
                    setting.flag(),
                    text(next, setting),
                    next.origin(setting).place()));
        } catch (UsageException | EngineException wrong) {
            LOG.error("settings read again, and nothing taken over: {}", wrong.getMessage());
        } catch (RuntimeException unexpected) {
            LOG.error("settings read again, and not all taken over", unexpected);
        }
    }

    private static String text(Configuration from, Setting setting) {
        List<String> values = from.values(setting);
        return values.isEmpty() ? setting.defaultText() : String.join(", ", values);
    }
}
