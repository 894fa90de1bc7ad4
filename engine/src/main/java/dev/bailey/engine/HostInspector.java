package dev.bailey.engine;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.linux.LinuxObserver;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.BridgeView;
import dev.bailey.engine.view.DefaultRoute;
import dev.bailey.engine.view.Diagnosis;
import dev.bailey.engine.view.Finding;
import dev.bailey.engine.view.FirewallTable;
import dev.bailey.engine.view.FlowView;
import dev.bailey.engine.view.Health;
import dev.bailey.engine.view.HostChange;
import dev.bailey.engine.view.HostReport;
import dev.bailey.engine.view.NatTable;
import dev.bailey.engine.view.ObservedLink;
import dev.bailey.engine.view.Observer;
import dev.bailey.engine.view.PortTaker;
import dev.bailey.engine.view.TableOwners;
import dev.bailey.engine.view.UplinkView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks at the host's network: what is there, by the engine or by others, with the names that the engine knows.
 *
 * <p>It changes nothing and shares nothing with the engine's writer, so it may list as much as it likes. Every method may
 * be called from any thread, a virtual one too, and throws {@link EngineException} when the kernel refuses to tell.
 */
public final class HostInspector implements AutoCloseable {
    private final Observer observer;
    private final Supplier<Snapshot> names;

    /**
     * Creates an inspector on a given kernel, which it closes when it is closed.
     *
     * @param names what the engine has at the moment of a question
     */
    public HostInspector(Observer observer, Supplier<Snapshot> names) {
        this.observer = observer;
        this.names = names;
    }

    /** Opens an inspector of this machine's kernel, in the network namespace of the calling thread. */
    public static HostInspector open(Supplier<Snapshot> names) {
        return new HostInspector(LinuxObserver.open(), names);
    }

    /** Returns the host's bridges, by name. */
    public List<BridgeView> bridges() {
        return asked("list the bridges", () -> BridgeView.of(observer.links(), names.get()));
    }

    /** Returns the links that traffic leaves the host through, or could, the preferred one first. */
    public List<UplinkView> uplinks() {
        return asked("list the uplinks", () -> UplinkView.of(observer.links(), observer.defaultRoutes()));
    }

    /** Returns the host's tables of rules, ours first, and who owns them. */
    public List<FirewallTable> tables() {
        return asked("list the tables", () -> TableOwners.named(observer.tables()));
    }

    /** Returns the tables that translate addresses, ours first. */
    public List<NatTable> nat() {
        return asked("list the NAT rules", () -> TableOwners.ordered(observer.nat()));
    }

    /**
     * Returns what is not as it should be, errors first.
     *
     * @param health how the engine sees it
     */
    public List<Finding> diagnose(Health health) {
        Snapshot model = names.get();
        return asked("look at the host's network", () -> Diagnosis.of(model, report(model), health));
    }

    private HostReport report(Snapshot model) {
        List<ObservedLink> links = observer.links();
        List<DefaultRoute> routes = observer.defaultRoutes();
        List<PortTaker> takers = new ArrayList<>(Diagnosis.redirected(observer.nat()));
        takers.addAll(observer.listeners(taker -> Diagnosis.concerns(model, taker)));
        return new HostReport(
                links,
                routes,
                TableOwners.named(observer.tables()),
                observer.closedChains(
                        model.networks().stream().map(Network::bridge).collect(Collectors.toSet())),
                observer.settings(Diagnosis.settings(model, links, routes)),
                takers);
    }

    /** Returns the tracked connections of sandboxes, with their names. */
    public List<FlowView> flows() {
        Snapshot snapshot = names.get();
        return asked("list the connections", () -> {
            Set<String> addresses = FlowView.names(snapshot).keySet();
            return FlowView.of(observer.flows(addresses), snapshot);
        });
    }

    /**
     * Passes every change that the kernel reports from now on to a consumer, until the result is closed; see
     * {@link Observer#follow}.
     */
    public Observer.Following follow(Consumer<HostChange> consumer) {
        return asked("follow the kernel's changes", () -> observer.follow(consumer));
    }

    private static <T> T asked(String operation, Supplier<T> question) {
        try {
            return question.get();
        } catch (KernelException refusal) {
            throw EngineException.of(operation, refusal);
        }
    }

    /** Releases threads and sockets. */
    @Override
    public void close() {
        observer.close();
    }
}
