package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.engine.view.PortTaker;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The sockets that wait for others at the ports of a host, as {@code /proc/net} lists them, in the network namespace of the
 * calling thread. O(the host's sockets), and O(open files of all processes) to find whose one is.
 */
final class HostSockets {
    /** {@code TCP_LISTEN} of net/tcp_states.h, as hexadecimal digits. */
    private static final String LISTEN = "0A";

    /** {@code TCP_CLOSE}, which a UDP socket without a peer has. */
    private static final String UNCONNECTED = "07";

    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int HEXADECIMAL = 16;

    private HostSockets() {}

    /**
     * A socket.
     *
     * @param port its port
     * @param inode what tells it from others
     */
    record Socket(int port, String inode) {}

    /** The first one that has one of these ports at this address, at all of the host's, or at one when all are asked for. */
    static Optional<Socket> first(TransportProtocol protocol, Ipv4Address address, PortRange ports) throws IOException {
        for (String suffix : new String[] {"", "6"}) {
            Path table = Path.of("/proc/thread-self/net/" + protocol + suffix);
            if (Files.exists(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    Optional<Socket> found = lines.skip(1)
                            .map(line -> line.strip().split("\\s+"))
                            .filter(words -> words.length > INODE)
                            .filter(words -> protocol == TransportProtocol.UDP || words[STATE].equals(LISTEN))
                            .filter(words -> isAt(words[LOCAL_ADDRESS], address))
                            .map(words -> new Socket(port(words[LOCAL_ADDRESS]), words[INODE]))
                            .filter(socket -> ports.contains(socket.port()))
                            .findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Everybody who waits at a port, and is wanted, with the process's name. UDP sockets that are connected to somebody wait for
     * that one alone.
     */
    static List<PortTaker> takers(Predicate<PortTaker> wanted) throws IOException {
        List<PortTaker> takers = new ArrayList<>();
        for (TransportProtocol protocol : List.of(TransportProtocol.TCP, TransportProtocol.UDP)) {
            for (String suffix : new String[] {"", "6"}) {
                for (String[] words : table(protocol, suffix)) {
                    Optional<PortTaker> taker = taker(protocol, words).filter(wanted);
                    if (taker.isPresent()) {
                        takers.add(named(
                                taker.get(), new Socket(taker.get().ports().first(), words[INODE])));
                    }
                }
            }
        }
        return takers;
    }

    private static List<String[]> table(TransportProtocol protocol, String suffix) throws IOException {
        Path table = Path.of("/proc/thread-self/net/" + protocol + suffix);
        if (!Files.exists(table)) {
            return List.of();
        }
        String waits = protocol == TransportProtocol.TCP ? LISTEN : UNCONNECTED;
        try (Stream<String> lines = Files.lines(table)) {
            return lines.skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length > INODE && words[STATE].equals(waits))
                    .toList();
        }
    }

    private static Optional<PortTaker> taker(TransportProtocol protocol, String[] words) {
        String local = words[LOCAL_ADDRESS];
        Ipv4Address address = Ipv4Address.ANY;
        if (!isAt(local, Ipv4Address.ANY)) {
            return Optional.empty();
        }
        String bits = local.substring(0, local.indexOf(':'));
        if (bits.length() == 2 * Integer.BYTES) {
            address = new Ipv4Address(Integer.reverseBytes(Integer.parseUnsignedInt(bits, HEXADECIMAL)));
        }
        return Optional.of(
                new PortTaker(PortTaker.Kind.SOCKET, "a process", protocol, address, PortRange.of(port(local))));
    }

    private static PortTaker named(PortTaker taker, Socket socket) throws IOException {
        String name = holder(socket).map(found -> "process " + found).orElse(taker.name());
        return new PortTaker(taker.kind(), name, taker.protocol(), taker.address(), taker.ports());
    }

    private static int port(String local) {
        return Integer.parseInt(local.substring(local.indexOf(':') + 1), HEXADECIMAL);
    }

    /** The address is four bytes as one number in this machine's order; an IPv6 one matters while it is for all of them. */
    private static boolean isAt(String local, Ipv4Address wanted) {
        String address = local.substring(0, local.indexOf(':'));
        boolean any = address.chars().allMatch(digit -> digit == '0');
        return any
                || address.length() == 2 * Integer.BYTES
                        && (wanted.equals(Ipv4Address.ANY)
                                || Integer.parseUnsignedInt(address, HEXADECIMAL)
                                        == Integer.reverseBytes(wanted.bits()));
    }

    /** The process that has a socket open, as {@code nginx (4711)}; empty when none can be found. */
    static Optional<String> holder(Socket socket) throws IOException {
        Path wanted = Path.of("socket:[" + socket.inode() + "]");
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path process : processes) {
                if (hasOpen(process, wanted)) {
                    return Optional.of(name(process) + " (" + process.getFileName() + ")");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasOpen(Path process, Path wanted) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.readSymbolicLink(descriptor).equals(wanted)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | RuntimeException goneOrForbidden) {
            return false;
        }
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException gone) {
            return "process";
        }
    }
}
