package dev.bailey.engine.view;

import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a host's network, found by comparing what is there with what the engine has; pure. */
public final class Diagnosis {
    private final Snapshot model;
    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis(Snapshot model) {
        this.model = model;
    }

    /**
     * Looks for everything that is known to go wrong; O(links + endpoints + chains × networks + takers × log ports).
     *
     * @param report what was seen
     * @param health how the engine sees it
     * @return the findings, errors first
     */
    public static List<Finding> of(Snapshot model, HostReport report, Health health) {
        Diagnosis diagnosis = new Diagnosis(model);
        diagnosis.forwarding(health);
        diagnosis.findings.addAll(SettingFindings.of(model, report, health));
        diagnosis.findings.addAll(Ipv6Findings.of(model, report, health));
        diagnosis.rules(health);
        health.troubles().forEach(diagnosis::trouble);
        model.networks().stream()
                .sorted(Comparator.comparing(Network::name))
                .forEach(network -> diagnosis.bridge(network, report.links()));
        diagnosis.ways(report.routes());
        diagnosis.findings.addAll(WayFindings.of(model, report));
        diagnosis.findings.addAll(BlockFindings.of(model, report));
        diagnosis.findings.addAll(PortFindings.of(model, report.takers()));
        model.endpoints().stream()
                .sorted(Comparator.comparing(endpoint -> endpoint.addressText()))
                .forEach(diagnosis::mtu);
        return diagnosis.findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    /** The names of the kernel's settings that a report is to have; O(links + networks). */
    public static Set<String> settings(Snapshot model, List<ObservedLink> links, List<DefaultRoute> routes) {
        Set<String> names = new LinkedHashSet<>(SettingFindings.names(model, links, routes));
        names.addAll(Ipv6Findings.names(model, links, routes));
        return names;
    }

    /** Who of those who want ports of the host is in the way of a published one, or the other way round; O(takers × log ports). */
    public static boolean concerns(Snapshot model, PortTaker taker) {
        return PortFindings.concerns(model, taker);
    }

    /** What rules of others take of the host's ports; O(rules). */
    public static List<PortTaker> redirected(List<NatTable> tables) {
        return TakenPorts.of(tables);
    }

    private void find(Severity severity, String what, String why, String mend) {
        findings.add(new Finding(severity, what, why, mend));
    }

    private void forwarding(Health health) {
        if (health.forwarding().equals("0")) {
            find(
                    Severity.ERROR,
                    "net.ipv4.ip_forward is 0",
                    "containers reach this host and nothing beyond it",
                    health.switchesForwarding()
                            ? "find out who switches it off: bailey events --kernel shows when"
                            : "sysctl -w net.ipv4.ip_forward=1, or let the daemon do it: without --ip-forward=false");
        }
    }

    private void rules(Health health) {
        health.brokenRules()
                .forEach(each -> find(
                        Severity.ERROR,
                        each,
                        "packets of containers are not masqueraded, or reach what they should not",
                        "it is put back within a second; if it is not, the daemon's log says why"));
    }

    private void trouble(Health.Trouble trouble) {
        find(
                Severity.WARNING,
                trouble.part() + " does not stay whole: mended " + trouble.repairs() + " times",
                "somebody changes it again and again, so it is mended "
                        + trouble.pause().toMillis() + " ms after the time before at the earliest",
                "find out who, with bailey events --kernel, and have them leave it alone");
    }

    private void bridge(Network network, List<ObservedLink> links) {
        Optional<ObservedLink> bridge = links.stream()
                .filter(link -> link.name().equals(network.bridge().value()))
                .findFirst();
        String name = "bridge " + network.bridge() + " of network " + network.name();
        boolean operators = network.owner() == BridgeOwner.OPERATOR;
        String later = operators ? "" : "it is put back within a second; if it is not, the daemon's log says why";
        if (bridge.isEmpty()) {
            String make = "make it again: ip link add " + network.bridge() + " type bridge; ip addr add "
                    + network.addressText() + " dev " + network.bridge() + "; ip link set " + network.bridge()
                    + " up";
            find(Severity.ERROR, name + " is gone", "its containers reach nobody", operators ? make : later);
            return;
        }
        if (!bridge.get().up()) {
            String up = "ip link set " + network.bridge() + " up";
            find(Severity.ERROR, name + " is down", "its containers reach nobody", operators ? up : later);
        }
        network.ipv4()
                .filter(NetworkIpv4::bridgeAddressed)
                .map(part -> part.bridgeAddress().toString())
                .filter(address -> !bridge.get().addresses().contains(address))
                .ifPresent(address -> find(
                        Severity.ERROR,
                        name + " has not the address " + address,
                        "it is the gateway of its containers, which do not find the way out",
                        operators
                                ? "ip addr add " + address + " dev " + network.bridge()
                                        + ", or restart the daemon to have the present one taken over"
                                : later));
    }

    private void ways(List<DefaultRoute> routes) {
        boolean wanted = model.networks().isEmpty()
                || model.networks().stream().anyMatch(network -> network.ipv4().isPresent());
        if (wanted && routes.stream().allMatch(DefaultRoute::ipv6)) {
            find(
                    Severity.WARNING,
                    "the host has no IPv4 default route",
                    "containers reach only what the host has a route to",
                    "bailey uplinks shows the links; add a route, or wait for whoever configures them");
        }
    }

    private void mtu(Endpoint endpoint) {
        Network network = model.network(endpoint.network()).orElseThrow();
        if (endpoint.mtuBytes() > network.mtuBytes()) {
            var sandbox = model.sandbox(endpoint.sandbox()).orElseThrow();
            find(
                    Severity.WARNING,
                    endpoint.interfaceName() + " of " + sandbox.name() + " has MTU " + endpoint.mtuBytes()
                            + ", its network " + network.name() + " has " + network.mtuBytes(),
                    "it is from before the uplinks got smaller; its large packets are refused once before they are sent"
                            + " in a size that fits",
                    sandbox.owned()
                            ? "start it again: bailey stop " + sandbox.name() + "; bailey start " + sandbox.name()
                            : "detach and attach it, or set its MTU inside");
        }
    }
}
