package dev.bailey.runtime;

import dev.bailey.runtime.SandboxNetwork.Addresses;
import dev.bailey.runtime.SandboxNetwork.Connection;
import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.ContainerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Writes a container's {@code /etc/hosts}, {@code /etc/hostname} and {@code /etc/resolv.conf}, anew at each start. */
final class NetworkFiles {
    private final Supplier<DnsSettings> daemon;
    private final HostResolver resolver;

    NetworkFiles(Supplier<DnsSettings> daemon, HostResolver resolver) {
        this.daemon = daemon;
        this.resolver = resolver;
    }

    /**
     * Makes the text of a container's {@code /etc/resolv.conf} from the host's and the overrides.
     */
    @FunctionalInterface
    interface HostResolver {
        String resolvConf(DnsSettings overrides, Asking asking) throws IOException;
    }

    /** Whom a container asks for names, and from where. */
    enum Asking {
        /** The resolver in its sandbox. */
        RESOLVER,
        /** Servers, from its sandbox. */
        SANDBOX,
        /** Servers, from the host's own network, those at the host's loopback included. */
        HOST;

        static Asking inSandbox(boolean resolver) {
            return resolver ? RESOLVER : SANDBOX;
        }
    }

    /**
     * Writes the three files.
     *
     * @return the binds that show them inside
     */
    List<Bind> write(ContainerRecord container, ContainerFolders folders, Connection connection) throws IOException {
        boolean inside = container.spec().networkMode() != NetworkMode.HOST;
        Files.writeString(
                folders.hosts(), inside ? hosts(container, connection) : hostsOfHost(container, HostFiles.hosts()));
        Files.writeString(folders.hostname(), container.hostname() + "\n");
        Files.writeString(
                folders.resolvConf(),
                resolver.resolvConf(
                        daemon.get().overriddenBy(container.spec().dns()),
                        inside ? Asking.inSandbox(connection.resolver()) : Asking.HOST));
        return binds(folders);
    }

    /** The binds that show the files of a container inside it, and inside those that share its network. */
    static List<Bind> binds(ContainerFolders folders) {
        return List.of(
                new Bind(folders.resolvConf().toString(), "/etc/resolv.conf", false),
                new Bind(folders.hosts().toString(), "/etc/hosts", false),
                new Bind(folders.hostname().toString(), "/etc/hostname", false));
    }

    /**
     * Lets {@code /etc/resolv.conf} of a running container follow the resolver in its sandbox, which comes and goes with
     * networks. A file that is not as it was written stays as it is: somebody wants it so.
     */
    void follow(ContainerRecord container, ContainerFolders folders, boolean present) throws IOException {
        DnsSettings settings = daemon.get().overriddenBy(container.spec().dns());
        String expected = resolver.resolvConf(settings, Asking.inSandbox(!present));
        if (InPlace.read(folders.resolvConf()).filter(expected::equals).isPresent()) {
            // In place: the container sees this very file.
            InPlace.write(folders.resolvConf(), resolver.resolvConf(settings, Asking.inSandbox(present)));
        }
    }

    /** Who shares the host's network has its names as they are at the start, unless told others. */
    static String hostsOfHost(ContainerRecord container, Optional<String> own) {
        return own.filter(_ -> container.spec().extraHosts().isEmpty())
                .orElseGet(() -> hosts(container, Connection.OF_HOST));
    }

    /** Puts a container's addresses on one more network into its {@code /etc/hosts} while it runs. */
    void join(ContainerRecord container, ContainerFolders folders, Addresses addresses) throws IOException {
        List<String> joined = addresses.all().toList();
        change(folders, text -> HostsFile.with(text, container, joined));
    }

    /** Takes the addresses that a container had on a network out of its {@code /etc/hosts} while it runs. */
    void leave(ContainerRecord container, ContainerFolders folders, ContainerNetwork left) throws IOException {
        List<String> addresses = Stream.concat(left.lastAddress().stream(), left.lastIpv6().stream())
                .toList();
        change(folders, text -> HostsFile.without(text, container, addresses));
    }

    private static void change(ContainerFolders folders, UnaryOperator<String> change) throws IOException {
        Optional<String> text = InPlace.read(folders.hosts());
        if (text.isPresent()) {
            InPlace.write(folders.hosts(), change.apply(text.get()));
        }
    }

    static String hosts(ContainerRecord container, Connection connection) {
        List<String> addresses = container.spec().networks().stream()
                .flatMap(each -> Optional.ofNullable(connection.addresses().get(each.network())).stream())
                .flatMap(Addresses::all)
                .toList();
        StringBuilder text = new StringBuilder(HostsFile.LOCALHOST);
        if (addresses.stream().anyMatch(HostsFile::isIpv6)) {
            text.append(HostsFile.IPV6);
        }
        for (ExtraHost extra : container.spec().extraHosts()) {
            String address =
                    extra.address().equals(ExtraHost.HOST_GATEWAY) ? connection.hostAddress() : extra.address();
            if (!address.isEmpty()) {
                text.append(address).append('\t').append(extra.name()).append('\n');
            }
        }
        return HostsFile.with(text.toString(), container, addresses);
    }
}
