package dev.bailey.cli.output;

import dev.bailey.api.view.HostFlow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections of containers, before and after NAT. */
public final class FlowTable {
    private static final String NONE = "-";

    private FlowTable() {}

    /** Returns a line for each connection. */
    public static String of(List<HostFlow> flows) {
        Table table = new Table(
                "CONTAINER",
                "PROTOCOL",
                "STATE",
                "FROM",
                "TO",
                "FROM AFTER NAT",
                "TO AFTER NAT",
                "SENT",
                "RECEIVED",
                "EXPIRES");
        flows.forEach(flow -> table.row(
                container(flow),
                flow.protocol(),
                flow.state().isEmpty() ? NONE : flow.state(),
                flow.from(),
                flow.to(),
                flow.from().equals(flow.fromAfterNat()) ? NONE : flow.fromAfterNat(),
                flow.to().equals(flow.toAfterNat()) ? NONE : flow.toAfterNat(),
                size(flow.sentBytes()),
                size(flow.receivedBytes()),
                flow.timeoutSeconds() + "s"));
        return table.renderStripped();
    }

    private static String container(HostFlow flow) {
        boolean inner = !flow.fromContainer().isEmpty() && !flow.toContainer().isEmpty();
        return inner ? flow.fromContainer() + ">" + flow.toContainer() : flow.fromContainer() + flow.toContainer();
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? NONE : Units.size(bytes);
    }
}
