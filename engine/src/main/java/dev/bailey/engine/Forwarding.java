package dev.bailey.engine;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostIpv6Route;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.plan.Ipv6Settings;
import dev.bailey.engine.store.StateRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches the forwarding of packets on where it is off and networks need it, and has what it was remembered for whoever
 * removes the engine. For tasks of the writer.
 */
final class Forwarding {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    /** The setting that lets IPv4 packets through. */
    static final String IPV4 = "net.ipv4.ip_forward";

    /** Routers are listened to, but no longer where packets are forwarded. */
    private static final String UNLESS_FORWARDING = "1";

    private static final String ALWAYS = "2";

    private final EngineOptions options;
    private final Kernel kernel;
    private final Records records;

    Forwarding(EngineOptions options, Kernel kernel, Records records) {
        this.options = options;
        this.kernel = kernel;
        this.records = records;
    }

    /**
     * Returns the step that switches forwarding of IPv4 on, none where it is on or the operator's to switch.
     *
     * @throws EngineException UNSUPPORTED when the kernel cannot
     */
    List<Step> ofIpv4() {
        return switchOn(IPV4, value(IPV4, "IPv4"));
    }

    private String value(String name, String family) {
        return kernel.readSetting(name)
                .orElseThrow(() -> new EngineException(
                        ErrorCode.UNSUPPORTED, "this kernel has no setting " + name + ": it cannot forward " + family));
    }

    private List<Step> switchOn(String name, String value) {
        if (!value.equals("0")) {
            return List.of();
        }
        if (!options.forwarding()) {
            LOG.warn("{} is 0 and stays so, as it was asked for: endpoints reach this host and no further", name);
            return List.of();
        }
        return List.of(remembered(name, "1", value));
    }

    private Step remembered(String name, String value, String previous) {
        records.appendDurably(new StateRecord.HostSettingRemembered(name, previous));
        return new Step.WriteSetting(name, value, previous);
    }

    /**
     * Returns the steps that switch forwarding of IPv6 on where one of these networks needs it, as {@link #ofIpv4} does. A
     * host that forwards does not listen to routers any more, which would take its own default route from it within the
     * half hour: where it has one by a link that listens, that goes on to listen. O(what the host has), once.
     *
     * @throws EngineException UNSUPPORTED when the kernel cannot
     */
    List<Step> ofIpv6(Collection<Network> networks) {
        if (networks.stream().allMatch(network -> network.ipv6().isEmpty())) {
            return List.of();
        }
        List<Step> switching = switchOn(Ipv6Settings.FORWARDING, value(Ipv6Settings.FORWARDING, "IPv6"));
        List<Step> steps = new ArrayList<>();
        if (!switching.isEmpty()) {
            exits(kernel.observe()).forEach(link -> listening(link, steps));
        }
        steps.addAll(switching);
        return steps;
    }

    private static List<HostLink> exits(HostView host) {
        Set<Integer> exits = host.ipv6Routes().stream()
                .filter(HostIpv6Route::isDefault)
                .map(HostIpv6Route::link)
                .collect(Collectors.toSet());
        return host.links().stream()
                .filter(link -> exits.contains(link.index()))
                .toList();
    }

    private void listening(HostLink link, List<Step> steps) {
        String name = Ipv6Settings.name(link.name(), "accept_ra");
        if (kernel.readSetting(name).filter(UNLESS_FORWARDING::equals).isPresent()) {
            LOG.info("{} becomes {}: {} goes on to listen to routers while it forwards", name, ALWAYS, link.name());
            steps.add(remembered(name, ALWAYS, UNLESS_FORWARDING));
        }
    }
}
