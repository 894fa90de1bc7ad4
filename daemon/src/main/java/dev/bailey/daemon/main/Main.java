package dev.bailey.daemon.main;

import dev.bailey.api.ApiJson;
import dev.bailey.api.view.ConfigValue;
import dev.bailey.daemon.config.Configuration;
import dev.bailey.daemon.config.ConfigurationReader;
import dev.bailey.daemon.config.ConfigurationReport;
import dev.bailey.daemon.config.Places;
import dev.bailey.daemon.config.UsageException;
import dev.bailey.daemon.service.ServiceManager;
import dev.bailey.engine.EngineException;
import dev.bailey.runtime.ContainerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The daemon's process: starts a {@link Daemon}, has it read its settings again at SIGHUP, and stops it in good order at SIGTERM or SIGINT. */
public final class Main {
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private Main() {}

    /**
     * Runs the daemon until it is told to stop.
     *
     * <p>Exit codes: 0 after an orderly stop, 1 when it cannot start, 2 when an option is wrong; with 1 and 2 goes one line
     * on standard error.
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Returns what {@code --help} prints: every option with what its value is called and what it means. */
    public static String help() {
        return ConfigurationReader.help();
    }

    private static int run(String[] arguments) {
        try {
            ConfigurationReader reader = new ConfigurationReader(List.of(arguments), Places.OF_THIS_MACHINE);
            if (reader.wantsHelp()) {
                System.out.print(help());
            } else if (reader.wantsVersion()) {
                System.out.println("Bailey version " + DaemonVersion.text());
            } else {
                boolean json = reader.wantsJson();
                LiveSettings settings = new LiveSettings(reader);
                if (reader.wantsValidation()) {
                    print(settings.configuration(), json);
                } else if (reader.wantsDismantling()) {
                    ConsoleLogging.setLevel(settings.options().logLevel());
                    requireRoot();
                    Dismantling.run(settings);
                } else {
                    serve(settings);
                }
            }
            return 0;
        } catch (UsageException e) {
            return complain(EXIT_USAGE, e);
        } catch (StartException | EngineException | ContainerException e) {
            log().debug("the daemon could not start", e);
            return complain(EXIT_FAILED, e);
        } catch (IOException e) {
            log().debug("the daemon could not start", e);
            return complain(EXIT_FAILED, new StartException(e.toString()));
        }
    }

    private static int complain(int exitCode, Exception reason) {
        System.err.println("bailey: " + String.valueOf(reason.getMessage()).replaceAll("\\s*\\R\\s*", " "));
        return exitCode;
    }

    private static void print(Configuration configuration, boolean json) {
        List<ConfigValue> values = ConfigurationReport.of(configuration);
        if (json) {
            values.forEach(value -> System.out.println(ApiJson.jsonb().toJson(value)));
        } else {
            System.out.print(ConfigurationReport.table(values));
        }
    }

    private static void serve(LiveSettings settings) throws IOException {
        ConsoleLogging.setLevel(settings.options().logLevel());
        requireRoot();
        settings.configuration()
                .passedOver()
                .forEach(name -> log().info(
                                "not taken over from Docker's configuration, as it is no network setting: {}", name));
        CountDownLatch stop = new CountDownLatch(1);
        Signal.handle(new Signal("TERM"), signal -> stop.countDown());
        Signal.handle(new Signal("INT"), signal -> stop.countDown());
        // One that comes while the daemon starts is answered as soon as it serves.
        CompletableFuture<Daemon> serving = new CompletableFuture<>();
        SignalHandler before = Signal.handle(new Signal("HUP"), signal -> serving.thenAccept(Daemon::reload));
        if (SignalHandler.SIG_IGN.equals(before)) {
            log().warn("settings are read at a start alone: SIGHUP is ignored, as nohup makes it");
        }
        long pid = ProcessHandle.current().pid();
        try (ServiceManager manager = ServiceManager.find(System.getenv(), pid);
                Daemon daemon = Daemon.start(settings, manager)) {
            serving.complete(daemon);
            stop.await();
            log().info("stopping; containers and networks stay");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log().info("stopped");
    }

    private static void requireRoot() throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            throw new StartException("the daemon changes the host's network and needs root: use sudo");
        }
    }

    /** Made late: options are checked before the log is set up. */
    private static Logger log() {
        return LoggerFactory.getLogger(Main.class);
    }
}
