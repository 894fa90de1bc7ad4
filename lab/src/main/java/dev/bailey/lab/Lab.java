package dev.bailey.lab;

import static java.util.Objects.requireNonNull;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NetworkNamespace;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A small world of hosts, links and switches, each host a network namespace of this machine's kernel.
 *
 * {@snippet :
 * try (Lab lab = Lab.create()) {
 *     LabHost host = lab.host("host");
 *     LabHost internet = lab.host("internet");
 *     lab.link(host, "eth0", "198.51.100.2/24", internet, "h0", "198.51.100.1/24");
 *     host.route("default", "198.51.100.1");
 *     TcpServer server = internet.tcpEcho("198.51.100.1", 7);
 *     host.connectTcp("198.51.100.1", 7).verifyEcho();
 *     assert server.awaitClient().getHostString().equals("198.51.100.2");
 * }
 * }
 *
 * <p>Nothing of the machine's own network is touched. Closing ends all that the lab and the processes in it have made, in
 * whatever state: processes, servers, mounts, names, namespaces with their links and rules. If the JVM is killed instead,
 * the next JVM's first lab does it. Needs root (CAP_SYS_ADMIN and CAP_NET_ADMIN).
 *
 * <p>Safe for use by several threads. A failed step is a {@link LabException}.
 */
public final class Lab implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private final LabDirectory directory;
    private final Object lock = new Object();

    /** Guarded by {@link #lock}, as the others below; nothing foreign is called under it. */
    private final Map<String, LabHost> hosts = new LinkedHashMap<>();

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private boolean closed;

    private Lab(LabDirectory directory) {
        this.directory = directory;
    }

    /** Makes an empty lab; a few milliseconds. */
    public static Lab create() {
        OpenLabs.prepareOnce();
        Lab lab = new Lab(LabDirectory.create());
        OpenLabs.add(lab);
        return lab;
    }

    /**
     * Adds a host: a fresh namespace with its loopback interface up.
     *
     * @param name lower-case letters, digits and hyphens, at most 32, not yet taken in this lab
     */
    public LabHost host(String name) {
        requireFree(name);
        try {
            NetworkNamespace namespace = NetworkNamespace.create();
            try {
                LabHost host = new LabHost(this, name, namespace, directory.namespaceFile(name));
                namespace.bindTo(host.path());
                Wiring.setUp(host, "lo", true);
                return add(host);
            } catch (LinuxException | RuntimeException e) {
                namespace.close();
                throw e;
            }
        } catch (LinuxException e) {
            throw new LabException("cannot make host " + name + " (a lab needs root)", e);
        }
    }

    /**
     * Takes a namespace that somebody else made into this lab, such as a container's, so that things can be done inside it.
     * Closing the lab lets go of it and changes nothing in it.
     *
     * @param name as for {@link #host(String)}
     * @param namespace a file that is or was bound to the namespace, such as {@code /run/netns/NAME} or
     *     {@code /proc/PID/ns/net}
     */
    public LabHost adopt(String name, Path namespace) {
        requireFree(name);
        try {
            return add(new LabHost(this, name, NetworkNamespace.open(namespace), namespace));
        } catch (LinuxException e) {
            throw new LabException("cannot adopt " + name, e);
        }
    }

    /** Adds a switch, which hosts are plugged into; the name is one of a host. */
    public LabSwitch ethernetSwitch(String name) {
        return new LabSwitch(host(name));
    }

    /** Joins two hosts by a cable (a veth pair), both ends up and without addresses. */
    public Lab link(LabHost one, String interfaceOfOne, LabHost other, String interfaceOfOther) {
        Wiring.cable(one, interfaceOfOne, other, interfaceOfOther);
        return this;
    }

    /** Joins two hosts by a cable and gives each end an address, such as {@code 198.51.100.2/24}. */
    public Lab link(
            LabHost one,
            String interfaceOfOne,
            String addressOfOne,
            LabHost other,
            String interfaceOfOther,
            String addressOfOther) {
        link(one, interfaceOfOne, other, interfaceOfOther);
        one.address(interfaceOfOne, addressOfOne);
        other.address(interfaceOfOther, addressOfOther);
        return this;
    }

    /** The hosts, switches and adopted namespaces, in the order in which they came. */
    public List<LabHost> hosts() {
        synchronized (lock) {
            return List.copyOf(hosts.values());
        }
    }

    /** A directory for whatever a test needs; closing the lab unmounts what is mounted below it and deletes it. */
    public Path directory() {
        return directory.path();
    }

    /** The processes that run inside the hosts of this lab, and inside namespaces bound below {@link #directory()}. */
    public List<ProcessHandle> processes() {
        return Processes.inside(LabMounts.namespaces(directory()));
    }

    /**
     * Ends everything, going on past errors. Closing again does nothing.
     *
     * @throws LabException when something could not be ended or is still there afterwards; further errors are suppressed ones
     */
    @Override
    public void close() {
        List<AutoCloseable> closing = beginClose();
        if (closing.isEmpty()) {
            return;
        }
        @Nullable LabException failure = null;
        for (AutoCloseable resource : closing) {
            try {
                resource.close();
            } catch (Exception e) {
                LabException next = e instanceof LabException known ? known : new LabException("closing a lab", e);
                if (failure == null) {
                    failure = next;
                } else {
                    failure.addSuppressed(next);
                }
            }
        }
        OpenLabs.remove(this);
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes a resource when this lab is closed, the last one first; it may have been closed before. */
    void own(AutoCloseable resource) {
        synchronized (lock) {
            requireOpen();
            owned.push(resource);
        }
    }

    Path newFile(String name) {
        return directory.newFile(name);
    }

    private List<AutoCloseable> beginClose() {
        synchronized (lock) {
            if (closed) {
                return List.of();
            }
            closed = true;
            List<AutoCloseable> closing = new ArrayList<>(owned);
            closing.add(directory::remove);
            hosts.values().forEach(host -> closing.add(host.namespace()));
            List<Long> inodes = hosts.values().stream()
                    .filter(host -> host.path().startsWith(directory()))
                    .map(LabHost::inode)
                    .toList();
            closing.add(() -> OpenFiles.requireNone(inodes));
            return closing;
        }
    }

    private LabHost add(LabHost host) {
        synchronized (lock) {
            requireOpen();
            hosts.put(host.name(), host);
            return host;
        }
    }

    private void requireFree(String name) {
        requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("host name \"" + name
                    + "\": it must be 1 to 32 lower-case letters, digits and hyphens, not beginning with a hyphen");
        }
        synchronized (lock) {
            requireOpen();
            if (hosts.containsKey(name)) {
                throw new IllegalArgumentException("the lab has a host named " + name + " already");
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the lab is closed");
        }
    }
}
