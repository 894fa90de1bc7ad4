package dev.bailey.daemon.view;

import dev.bailey.api.view.HostFlow;
import dev.bailey.engine.view.FlowView;
import dev.bailey.engine.view.ObservedFlow;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Connections as clients see them; pure. */
final class FlowViews {
    private FlowViews() {}

    static HostFlow flow(FlowView view) {
        ObservedFlow flow = view.flow();
        return new HostFlow(
                flow.protocol(),
                flow.state(),
                view.from(),
                view.to(),
                flow.from().toString(),
                flow.to().toString(),
                flow.fromAfterNat().toString(),
                flow.toAfterNat().toString(),
                flow.timeoutSeconds(),
                number(flow.sentBytes()),
                number(flow.receivedBytes()));
    }

    private static @Nullable Long number(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }
}
