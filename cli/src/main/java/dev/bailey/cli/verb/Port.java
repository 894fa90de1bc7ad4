package dev.bailey.cli.verb;

import dev.bailey.api.container.ContainerInspect;
import dev.bailey.api.container.PortBinding;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code bailey port}: shows which ports of the host lead to a container. */
final class Port implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("port");

    @Override
    public String name() {
        return "port";
    }

    @Override
    public String operands() {
        return "CONTAINER [PORT[/PROTOCOL]]";
    }

    @Override
    public String summary() {
        return "Show which ports of the host lead to a container";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        List<String> operands = given.operands();
        if (operands.isEmpty() || operands.size() > 2) {
            throw OPTIONS.usage("a container is needed, and at most one of its ports");
        }
        String answer = context.daemon().text(Request.get(Targets.containers(operands.getFirst(), "json")));
        Map<String, List<PortBinding>> ports = DaemonClient.read(ContainerInspect.class, answer)
                .networkSettings()
                .ports();
        return operands.size() == 1 ? all(context, ports) : one(context, ports, operands);
    }

    private static int all(Context context, Map<String, List<PortBinding>> ports) {
        ports.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt(Port::number).thenComparing(port -> port)))
                .forEach(port -> port.getValue()
                        .forEach(binding -> context.out().println(port.getKey() + " -> " + text(binding))));
        return 0;
    }

    private static int one(Context context, Map<String, List<PortBinding>> ports, List<String> operands) {
        String port = operands.get(1).contains("/") ? operands.get(1) : operands.get(1) + "/tcp";
        List<PortBinding> bindings = ports.getOrDefault(port, List.of());
        if (bindings.isEmpty()) {
            context.complain("no public port '" + port + "' published for " + operands.getFirst());
            return 1;
        }
        bindings.forEach(binding -> context.out().println(text(binding)));
        return 0;
    }

    private static int number(String port) {
        return Integer.parseInt(port.substring(0, port.indexOf('/')));
    }

    private static String text(PortBinding binding) {
        String from = binding.sources() == null ? "" : " from " + String.join(", ", binding.sources());
        String address = binding.hostIp().indexOf(':') < 0 ? binding.hostIp() : "[" + binding.hostIp() + "]";
        String routed = address.startsWith("[") ? "routed IPv6" : "routed";
        return (binding.hostPort().isEmpty() ? routed : address + ":" + binding.hostPort()) + from;
    }
}
