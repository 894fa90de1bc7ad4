package dev.bailey.lab;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Sysctl;
import dev.bailey.linux.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A host of a lab: a network namespace with what a test does inside it.
 *
 * <p>Interfaces, addresses and routes are set up through netlink; addresses are written as {@code 198.51.100.2/24}, or in IPv6
 * alike. Safe for use by several threads; valid until its lab is closed.
 */
public final class LabHost {
    private final Lab lab;
    private final String name;
    private final NetworkNamespace namespace;
    private final Path path;
    private final long inode;

    LabHost(Lab lab, String name, NetworkNamespace namespace, Path path) throws LinuxException {
        this.lab = lab;
        this.name = name;
        this.namespace = namespace;
        this.path = path;
        this.inode = namespace.inode();
    }

    /** The name that it has in its lab. */
    public String name() {
        return name;
    }

    /** The lab that it belongs to. */
    public Lab lab() {
        return lab;
    }

    /** Its namespace, owned by the lab. */
    public NetworkNamespace namespace() {
        return namespace;
    }

    /** The file that its namespace is bound to, as {@code nsenter --net=PATH} takes it. */
    public Path path() {
        return path;
    }

    /** The inode of its namespace. */
    public long inode() {
        return inode;
    }

    /** The name of its namespace for {@code ip netns exec NAME}, bound in {@code /run/netns} at the first call. */
    public synchronized String netnsName() {
        String netnsName = lab.directory().getFileName() + "-" + name;
        Path file = Teardown.NAMES.resolve(netnsName);
        if (!Files.exists(file)) {
            try {
                namespace.bindTo(file);
            } catch (LinuxException e) {
                throw new LabException("cannot name " + name, e);
            }
        }
        return netnsName;
    }

    /**
     * Does work on a fresh platform thread inside the host and waits for it; sockets opened there belong to the host for good.
     *
     * <p>A thread that is started inside, even a JVM's own one behind a virtual thread, a pool or a process, stays in the
     * namespace as long as it lives: open what is needed and go on outside.
     *
     * @throws LabException when the work throws a checked exception; unchecked ones are passed on as they are
     */
    public <T extends @Nullable Object> T call(Callable<T> work) {
        try {
            return namespace.<T, Exception>call(work::call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LabException("in " + name, e);
        }
    }

    /** A path of the namespace that needs no name: it is valid for other processes as long as the lab is open. */
    String descriptorPath() {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/"
                + namespace.descriptor().number();
    }

    /** Does work inside the host, as {@link #call} does, that fails in one way only. */
    <T, E extends IOException> T enter(Task<T, E> work) throws IOException {
        return namespace.call(work);
    }

    /** Gives an interface one more address. */
    public LabHost address(String interfaceName, String address) {
        Wiring.addAddress(this, interfaceName, address);
        return this;
    }

    /** Takes an address away from an interface. */
    public LabHost removeAddress(String interfaceName, String address) {
        Wiring.deleteAddress(this, interfaceName, address);
        return this;
    }

    /**
     * Adds a route through a gateway.
     *
     * @param destination a prefix, or {@code default}
     */
    public LabHost route(String destination, String gateway) {
        Wiring.addRoute(this, destination, gateway);
        return this;
    }

    /** Takes a route through a gateway away. */
    public LabHost removeRoute(String destination, String gateway) {
        Wiring.deleteRoute(this, destination, gateway);
        return this;
    }

    /** Switches an interface on. */
    public LabHost up(String interfaceName) {
        Wiring.setUp(this, interfaceName, true);
        return this;
    }

    /** Switches an interface off; its routes go with that. */
    public LabHost down(String interfaceName) {
        Wiring.setUp(this, interfaceName, false);
        return this;
    }

    /** Sets the largest packet that an interface takes, in bytes. */
    public LabHost mtu(String interfaceName, int bytes) {
        Wiring.setMtu(this, interfaceName, bytes);
        return this;
    }

    /** Removes an interface, with the other end of its cable. */
    public LabHost removeInterface(String interfaceName) {
        Wiring.delete(this, interfaceName);
        return this;
    }

    /** The value of a kernel setting of the host, such as {@code net.ipv4.ip_forward}. */
    public String sysctl(String setting) {
        return call(() -> Sysctl.read(setting));
    }

    /** Changes a kernel setting of the host. */
    public LabHost sysctl(String setting, String value) {
        call(() -> {
            Sysctl.write(setting, value);
            return null;
        });
        return this;
    }

    /** Lets the host pass packets on between its interfaces, as a router does. */
    public LabHost forwarding() {
        return sysctl("net.ipv4.ip_forward", "1");
    }

    /** A command to be run inside the host. */
    public Command command(String... words) {
        return new Command(this, List.of(words));
    }

    /** Runs a command inside the host to its end; another exit code than 0 is a {@link LabException}. */
    public CommandResult exec(String... words) {
        return command(words).run();
    }

    /** The processes that run inside the host; walks all processes of the machine. */
    public List<ProcessHandle> processes() {
        return Processes.inside(Set.of(inode));
    }

    /** Starts a TCP server that sends back what it gets. Port 0 is a free one. */
    public TcpServer tcpEcho(String address, int port) {
        return TcpServer.start(this, address, port, TcpServer.ECHO);
    }

    /** Starts a TCP server that sends each client the address it comes from, as {@code ADDRESS:PORT} on one line, and hangs up. */
    public TcpServer tcpWhoAmI(String address, int port) {
        return TcpServer.start(this, address, port, TcpServer.WHO_AM_I);
    }

    /** Starts a UDP server that sends back what it gets. */
    public UdpServer udpEcho(String address, int port) {
        return UdpServer.start(this, address, port, UdpServer.ECHO);
    }

    /** Starts a UDP server that answers with the address that the question comes from, as {@code ADDRESS:PORT}. */
    public UdpServer udpWhoAmI(String address, int port) {
        return UdpServer.start(this, address, port, UdpServer.WHO_AM_I);
    }

    /**
     * Starts a DNS server that knows these names and no others.
     *
     * @param options more options of dnsmasq, such as {@code --local-ttl=60}
     */
    public DnsServer dns(String address, Map<String, String> addressesByName, String... options) {
        return DnsServer.start(this, address, addressesByName, options);
    }

    /** Opens a TCP connection from the host and keeps it open. */
    public TcpConnection connectTcp(String address, int port) {
        return TcpConnection.open(this, address, port);
    }

    /** Tries to open a TCP connection from the host, for at most this time, and says how that ended. */
    public Reach reachTcp(String address, int port, Duration limit) {
        return TcpConnection.reach(this, address, port, limit);
    }

    /** Sends one UDP datagram from the host and waits for an answer, for at most this time. */
    public Optional<String> askUdp(String address, int port, String question, Duration limit) {
        try {
            return UdpServer.ask(this, address, port, question, limit);
        } catch (IOException e) {
            throw new LabException("asking " + address + ":" + port + " from " + name, e);
        }
    }

    /** Starts to record the packets on an interface that match a filter in tcpdump's language, empty for all. */
    public Capture capture(String interfaceName, String filter) {
        return Capture.start(this, interfaceName, filter);
    }

    /** Its name. */
    @Override
    public String toString() {
        return name;
    }
}
