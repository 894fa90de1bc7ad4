package dev.bailey.engine.view;

import dev.bailey.engine.model.InterfaceName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The port to what a kernel can be asked about its network. Every call lists what exists and changes nothing.
 *
 * <p>It shares nothing with those who change the network: no attach waits for an answer given here. Every method may be
 * called from any thread, a virtual one too, and throws {@link dev.bailey.engine.kernel.KernelException} when the kernel
 * refuses.
 */
public interface Observer extends AutoCloseable {
    /** Returns every link of the host with its addresses; O(links + addresses). */
    List<ObservedLink> links();

    /** Returns the default routes of the main table, of both families; O(routes). */
    List<DefaultRoute> defaultRoutes();

    /** Returns every table of rules, of nf_tables and of iptables-legacy; O(tables + chains). */
    List<FirewallTable> tables();

    /** Returns the tables that translate addresses, with their rules; O(rules and elements of the maps in these). */
    List<NatTable> nat();

    /**
     * Returns the connections that come from one of these addresses or, after NAT, go to one; O(connections).
     *
     * @param addresses in their usual writing
     */
    List<ObservedFlow> flows(Set<String> addresses);

    /**
     * Returns the chains of others in nf_tables that refuse packets that pass through; O(rules of such tables).
     *
     * @param bridges the bridges that may have rules in them
     */
    List<ClosedChain> closedChains(Set<InterfaceName> bridges);

    /**
     * Returns values of the kernel's settings by their sysctl(8) names, without those that it does not have.
     *
     * @param names the names that are wanted
     */
    Map<String, String> settings(Set<String> names);

    /**
     * Returns the processes that wait at ports of the host, by TCP or UDP; O(sockets), and O(open files of all processes) for
     * each that is wanted.
     *
     * @param wanted which of them; their names are not known yet when it is asked
     */
    List<PortTaker> listeners(Predicate<PortTaker> wanted);

    /**
     * Passes every change that the kernel reports from now on to the consumer, on threads of its own, until the result is
     * closed. The consumer must be quick, or changes are lost, which is told by one of kind {@code kernel}.
     */
    Following follow(Consumer<HostChange> consumer);

    /** A listener's place. */
    @FunctionalInterface
    interface Following extends AutoCloseable {
        /** Ends it; harmless when ended already. */
        @Override
        void close();
    }

    /** Releases threads and sockets. */
    @Override
    void close();
}
