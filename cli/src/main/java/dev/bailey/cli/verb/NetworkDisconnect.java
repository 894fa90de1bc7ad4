package dev.bailey.cli.verb;

import dev.bailey.api.network.DisconnectRequest;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;

/** {@code bailey network disconnect}: takes a container off a network. */
final class NetworkDisconnect implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "network disconnect", Option.flag('f', "force", "No error for a container that does not exist"));

    @Override
    public String name() {
        return "network disconnect";
    }

    @Override
    public String operands() {
        return "[OPTIONS] NETWORK CONTAINER";
    }

    @Override
    public String summary() {
        return "Disconnect a container from a network";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        List<String> operands = Operands.two(this, given, "a network and a container");
        DisconnectRequest body = new DisconnectRequest(operands.getLast(), given.flag("force"));
        context.daemon()
                .call(Request.post(Targets.networks(operands.getFirst(), "disconnect"), DaemonClient.json(body)));
        return 0;
    }
}
