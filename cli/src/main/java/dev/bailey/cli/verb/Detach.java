package dev.bailey.cli.verb;

import dev.bailey.api.attachment.DetachRequest;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;

/** {@code bailey detach}: removes endpoints of a network namespace. */
final class Detach implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("detach");

    @Override
    public String name() {
        return "detach";
    }

    @Override
    public String operands() {
        return "NETNS|NAME|ENDPOINT";
    }

    @Override
    public String summary() {
        return "Take back what attach gave";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        String what = Operands.one(this, given, "network namespace, name or endpoint");
        context.daemon().call(Request.post("/bailey/detach", DaemonClient.json(request(what))));
        return 0;
    }

    /** A path or a name under /run/netns is a namespace, 12 or 64 hexadecimal digits an endpoint, the rest a name. */
    private static DetachRequest request(String what) {
        if (Namespaces.isNamespace(what)) {
            return new DetachRequest(Namespaces.pathOf(what), null, null);
        }
        boolean endpoint = what.matches("[0-9a-f]{12}|[0-9a-f]{64}");
        return endpoint ? new DetachRequest(null, what, null) : new DetachRequest(null, null, what);
    }
}
