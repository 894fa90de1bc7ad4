package dev.bailey.cli.verb;

import dev.bailey.cli.client.DaemonException;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;

/** {@code bailey network rm}: removes networks. */
final class NetworkRm implements Verb {
    private static final int NOT_FOUND = 404;
    private static final OptionTable OPTIONS =
            OptionTable.anywhere("network rm", Option.flag('f', "force", "No error for those that do not exist"));

    @Override
    public String name() {
        return "network rm";
    }

    @Override
    public String operands() {
        return "[OPTIONS] NETWORK...";
    }

    @Override
    public String summary() {
        return "Remove networks";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.some(this, given, "network");
        boolean force = given.flag("force");
        return Operands.each(context, given, name -> remove(context, name, force));
    }

    private static void remove(Context context, String name, boolean force) throws IOException {
        try {
            context.daemon().call(Request.delete(Targets.networks(name)));
        } catch (DaemonException e) {
            if (e.status() != NOT_FOUND || !force) {
                throw e;
            }
        }
    }
}
