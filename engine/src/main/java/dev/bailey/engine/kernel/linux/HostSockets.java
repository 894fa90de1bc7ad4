package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.engine.view.PortTaker;
import java.io.IOException;
import java.nio.ByteOrder;
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
    private static final int DIGITS_OF_WORD = 8;

    private HostSockets() {}

    /**
     * A socket.
     *
     * @param port its port
     * @param inode what tells it from others
     */
    record Socket(int port, String inode) {}

    /**
     * The first one that has one of these ports at this address, at all of the host's, or at one when all of a family are asked
     * for. One of IPv6 that is for all of them counts for IPv4 as well: it is not to be seen whether it has that too.
     */
    static Optional<Socket> first(TransportProtocol protocol, IpAddress address, PortRange ports) throws IOException {
        List<String> tables = switch (address.family()) {
            case IPV4 -> List.of("", "6");
            case IPV6 -> List.of("6");
        };
        for (String suffix : tables) {
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
                    for (PortTaker taker : taken(protocol, words)) {
                        if (wanted.test(taker)) {
                            takers.add(named(taker, new Socket(taker.ports().first(), words[INODE])));
                        }
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

    private static List<PortTaker> taken(TransportProtocol protocol, String[] words) {
        String local = words[LOCAL_ADDRESS];
        IpAddress own = address(local);
        List<IpAddress> addresses =
                own.equals(Ipv6Address.ANY) ? List.of(Ipv4Address.ANY, Ipv6Address.ANY) : List.of(own);
        return addresses.stream()
                .filter(PortMapping::canHave)
                .map(address ->
                        new PortTaker(PortTaker.Kind.SOCKET, "a process", protocol, address, PortRange.of(port(local))))
                .toList();
    }

    private static PortTaker named(PortTaker taker, Socket socket) throws IOException {
        String name = holder(socket).map(found -> "process " + found).orElse(taker.name());
        return new PortTaker(taker.kind(), name, taker.protocol(), taker.address(), taker.ports());
    }

    private static int port(String local) {
        return Integer.parseInt(local.substring(local.indexOf(':') + 1), HEXADECIMAL);
    }

    /** One of IPv6 stands for IPv4 as well where it is for all addresses. */
    private static boolean isAt(String local, IpAddress wanted) {
        IpAddress address = address(local);
        return address.isAny() || address.equals(wanted) || wanted.isAny() && address.family() == wanted.family();
    }

    /**
     * One or four groups of four bytes, each as one number in this machine's order. An address of IPv4 that a socket of IPv6 has
     * is one of IPv4.
     */
    private static IpAddress address(String local) {
        int digits = local.indexOf(':');
        int[] words = new int[digits / DIGITS_OF_WORD];
        for (int i = 0; i < words.length; i++) {
            String word = local.substring(i * DIGITS_OF_WORD, (i + 1) * DIGITS_OF_WORD);
            words[i] = Integer.parseUnsignedInt(word, HEXADECIMAL);
            if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
                words[i] = Integer.reverseBytes(words[i]);
            }
        }
        if (words.length == 1) {
            return new Ipv4Address(words[0]);
        }
        Ipv6Address address = new Ipv6Address(number(words[0], words[1]), number(words[2], words[3]));
        return address.isMappedIpv4() ? new Ipv4Address(words[3]) : address;
    }

    private static long number(int high, int low) {
        return (long) high << Integer.SIZE | Integer.toUnsignedLong(low);
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
