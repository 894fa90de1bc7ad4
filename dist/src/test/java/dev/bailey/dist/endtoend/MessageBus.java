package dev.bailey.dist.endtoend;

import dev.bailey.lab.Command;
import dev.bailey.lab.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A system message bus (D-Bus) for one host of a lab, on which everybody may do everything. */
final class MessageBus {
    private static final String CONFIGURATION = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
              "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <listen>unix:path=%s</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/>
                <allow own="*"/>
                <allow send_destination="*"/>
                <allow send_type="method_call"/>
                <allow receive_sender="*"/>
              </policy>
            </busconfig>
            """;

    private final LabHost host;
    private final Path socket;

    MessageBus(LabHost host) {
        this.host = host;
        this.socket = host.lab().directory().resolve("bus");
    }

    /** Starts it; it ends with the lab. */
    void start() throws IOException {
        Path config = Files.writeString(host.lab().directory().resolve("bus.conf"), CONFIGURATION.formatted(socket));
        host.command("dbus-daemon", "--config-file=" + config, "--nofork", "--nopidfile")
                .start(process -> Files.exists(socket));
    }

    /** The command, for which it is the system's bus. */
    Command seenBy(Command command) {
        return command.environment("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + socket);
    }
}
