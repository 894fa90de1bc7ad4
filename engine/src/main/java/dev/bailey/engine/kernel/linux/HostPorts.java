package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.PortObstacle;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.linux.Errno;
import dev.bailey.linux.PortTrial;
import java.io.IOException;
import java.util.Optional;

/** Whether processes of a host leave its ports free. In the network namespace of the calling thread. */
final class HostPorts {
    /** So many are tried one by one; of more, all sockets are looked at. */
    private static final int MAX_TRIALS = 256;

    private HostPorts() {}

    /** A port of SCTP counts as free: to try one could load the module for it. */
    static Optional<PortObstacle> obstacle(TransportProtocol protocol, IpAddress address, PortRange ports)
            throws IOException {
        if (protocol == TransportProtocol.SCTP) {
            return Optional.empty();
        }
        int trials = ports.size() > MAX_TRIALS ? 1 : ports.size();
        for (int port = ports.first(); port < ports.first() + trials; port++) {
            Optional<Errno> refusal = trial(protocol, address, port);
            if (refusal.isPresent()) {
                return Optional.of(obstacle(protocol, address, port, refusal.get()));
            }
        }
        Optional<HostSockets.Socket> other =
                ports.size() > MAX_TRIALS ? HostSockets.first(protocol, address, ports) : Optional.empty();
        return other.isPresent() ? Optional.of(taken(other.get())) : Optional.empty();
    }

    private static Optional<Errno> trial(TransportProtocol protocol, IpAddress address, int port) throws IOException {
        return protocol == TransportProtocol.TCP
                ? PortTrial.tcp(Values.inet(address), port)
                : PortTrial.udp(Values.inet(address), port);
    }

    private static PortObstacle obstacle(TransportProtocol protocol, IpAddress address, int port, Errno refusal)
            throws IOException {
        if (refusal.equals(Errno.EADDRNOTAVAIL)) {
            return new PortObstacle(PortObstacle.Kind.NO_SUCH_ADDRESS, port, "");
        }
        Optional<HostSockets.Socket> socket = HostSockets.first(protocol, address, PortRange.of(port));
        return socket.isPresent()
                ? taken(socket.get())
                : new PortObstacle(PortObstacle.Kind.TAKEN, port, "a process (" + refusal + ")");
    }

    private static PortObstacle taken(HostSockets.Socket socket) throws IOException {
        String holder =
                HostSockets.holder(socket).map(name -> "process " + name).orElse("a process");
        return new PortObstacle(PortObstacle.Kind.TAKEN, socket.port(), holder);
    }
}
