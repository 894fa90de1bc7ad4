package dev.bailey.cli.verb;

import dev.bailey.api.attachment.PortsRequest;
import dev.bailey.api.attachment.PortsResponse;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;

/** {@code bailey port add} and {@code bailey port rm}: publish ports of what runs already, or end that. */
final class PortChange implements Verb {
    private final String verb;
    private final String summary;
    private final OptionTable options;

    private PortChange(String verb, String summary) {
        this.verb = verb;
        this.summary = summary;
        this.options = OptionTable.anywhere("port " + verb);
    }

    static PortChange add() {
        return new PortChange("add", "Publish ports of a running container");
    }

    static PortChange remove() {
        return new PortChange("rm", "End the publication of ports of a running container");
    }

    @Override
    public String name() {
        return "port " + verb;
    }

    @Override
    public String operands() {
        return "CONTAINER PORTS...";
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public OptionTable options() {
        return options;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        List<String> operands = given.operands();
        if (operands.size() < 2) {
            throw options.usage("a container and at least one port are needed, like web 8080:80");
        }
        PortsRequest body = new PortsRequest(operands.getFirst(), operands.subList(1, operands.size()));
        String answer = context.daemon().text(Request.post("/bailey/ports/" + verb, DaemonClient.json(body)));
        DaemonClient.read(PortsResponse.class, answer).ports().forEach(context.out()::println);
        return 0;
    }
}
