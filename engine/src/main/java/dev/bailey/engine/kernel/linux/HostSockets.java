package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.TransportProtocol;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sockets that wait for others at the ports of a host, as {@code /proc/net} lists them, in the network namespace of the
 * calling thread. O(the host's sockets), and O(open files of all processes) to find whose one is.
 */
final class HostSockets {
    /** {@code TCP_LISTEN} of net/tcp_states.h, as hexadecimal digits. */
    private static final String LISTEN = "0A";

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
