package dev.bailey.engine.kernel;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.TransportProtocol;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * All that the engine asks of an operating system.
 *
 * <p>Changes come in as {@link Step}s, one at a time, from one thread at a time: the engine's writer, or who
 * stands in for it. The two adapters are the Linux
 * kernel ({@code engine.kernel.linux}) and, in tests, a model of it. Nothing here lists what exists except
 * {@link #observe()}, which is for start-up, for uplinks that change and for the resync after a lost notification, and
 * {@link #usedRanges()}, which is for new networks.
 *
 * <p>Every method throws {@link KernelException} when the kernel refuses; a step that throws has changed nothing.
 */
public interface Kernel extends AutoCloseable {

    /** Dumps links, addresses and routes once; O(what the host has). Writer thread only. */
    HostView observe();

    /** Dumps which IPv4 addresses the host uses; O(its addresses and routes), without its links. Writer thread only. */
    HostRanges usedRanges();

    /** Dumps which IPv6 addresses the host uses, as {@link #usedRanges()} does. Writer thread only. */
    HostIpv6Ranges usedIpv6Ranges();

    /**
     * Looks at these links alone: their state, their addresses and the IPv4 routes that leave through them; those that are not
     * there are left out. O(the links asked for + the host's addresses + the routes found). Writer thread only.
     */
    HostView observe(Collection<InterfaceName> links);

    /**
     * Reads the engine's rules and compares them with those last committed; the next {@link RuleStep.CommitRules} or
     * {@link RuleStep.CommitIptables}, with {@link RuleStep.CommitGuards}, mends what differs. O(the engine's rules). Writer thread only.
     *
     * @return what differs; nothing when all is as it should be or nothing was committed yet
     */
    RuleDamage brokenRules();

    /**
     * Carries out one step; O(1) in the number of links, endpoints and rules that exist. Writer thread only.
     *
     * <p>{@link LinkStep.RemoveLink} of a link that is already gone is no error: removal is a state to reach.
     */
    void apply(Step step);

    /**
     * Removes a link and completes when the kernel says it is gone.
     *
     * <p>The kernel keeps the thread that asks for a removal waiting for some 15 ms after the link has gone, so the asking
     * is done elsewhere and the stage completes at the kernel's notification. A link that does not exist completes at once.
     * Any thread; the stage may complete on any thread.
     */
    CompletionStage<Void> removeLinkLater(InterfaceName name);

    /** Returns the identity (inode) of the network namespace that is at this path now, or empty if there is none. Any thread. */
    OptionalLong namespaceAt(Path path);

    /**
     * Whether the calling thread may carry out steps in the place of the writer's: it lives in the network namespace of this
     * kernel. Any platform thread; O(1).
     */
    boolean isHome();

    /** Returns the files of a folder that namespaces are bound to or were; empty when there is no folder. Start-up only. */
    List<Path> namespacesIn(Path folder);

    /**
     * Tries whether processes of the host leave ports free; who has one is found out only then. O(ports), and O(the host's
     * sockets) for more than 256 of them. Nobody is kept from taking them afterwards. Writer thread only.
     *
     * @param address one of the host's, {@link IpAddress#isAny} for all of its family
     * @return empty when they are free
     */
    Optional<PortObstacle> portObstacle(TransportProtocol protocol, IpAddress address, PortRange ports);

    /**
     * Forgets the tracked connections that came to published ports, or to ports before they were published, so that their
     * next packets begin anew. Returns at once; the rest takes some milliseconds, O(all tracked connections) for all that is
     * asked for meanwhile, on a thread of the adapter's own. Any thread.
     */
    void forgetFlowsLater(Collection<PublishedPort> ports);

    /** Returns the value of a kernel setting such as {@code net.ipv4.ip_forward}; empty where the kernel has none. */
    Optional<String> readSetting(String name);

    /**
     * Passes what the kernel reports by itself to the consumer, from threads of the adapter's own, until the kernel is
     * closed. To be called once, before the first step.
     */
    void watch(Consumer<KernelEvent> consumer);

    /** Releases threads and sockets; leaves everything that was set up in the kernel as it is. */
    @Override
    void close();
}
