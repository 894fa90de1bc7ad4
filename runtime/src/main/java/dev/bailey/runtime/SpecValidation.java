package dev.bailey.runtime;

import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.linux.Signal;
import dev.bailey.runtime.ContainerException.Kind;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of what an operator asks for; pure. Each error says what was wrong and what would be right. */
final class SpecValidation {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");
    private static final int MAX_NAME = 255;
    private static final Pattern HOSTNAME =
            Pattern.compile("[a-zA-Z0-9_]([a-zA-Z0-9_-]*[a-zA-Z0-9_])?(\\.[a-zA-Z0-9_]([a-zA-Z0-9_-]*[a-zA-Z0-9_])?)*");
    /** {@code HOST_NAME_MAX} of {@code linux/utsname.h}. */
    private static final int MAX_HOSTNAME = 63;

    private static final Pattern ADDRESS = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

    private SpecValidation() {}

    /** Checks everything that does not depend on the image or on other containers. */
    static void check(ContainerSpec spec) {
        spec.name().ifPresent(SpecValidation::checkName);
        spec.hostname().ifPresent(SpecValidation::checkHostname);
        spec.workingDirectory().ifPresent(SpecValidation::checkWorkingDirectory);
        spec.stopSignal().ifPresent(SpecValidation::signal);
        checkNetworks(spec);
        check(spec.dns());
        checkEnvironment(spec.environment());
        checkArguments(spec.command());
        checkArguments(spec.entrypoint().orElse(List.of()));
        checkBinds(spec.binds());
        checkPorts(spec.ports());
    }

    private static void checkPorts(PortSettings ports) {
        try {
            ports.requests();
            ports.exposedPorts();
        } catch (IllegalArgumentException bad) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, String.valueOf(bad.getMessage()), bad);
        }
    }

    /** Checks an exec. */
    static void check(ExecSpec spec) {
        if (spec.command().isEmpty() || spec.command().getFirst().isEmpty()) {
            throw invalid("no exec command specified");
        }
        checkArguments(spec.command());
        checkEnvironment(spec.environment());
        spec.workingDirectory().ifPresent(SpecValidation::checkWorkingDirectory);
    }

    /** Checks overrides of a resolver. */
    static DnsOverrides check(DnsSettings dns) {
        try {
            return new DnsOverrides(dns.servers(), dns.searchDomains(), dns.options());
        } catch (IllegalArgumentException bad) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, String.valueOf(bad.getMessage()), bad);
        }
    }

    /** The signal behind a name or number. */
    static Signal signal(String text) {
        return Signal.parse(text)
                .orElseThrow(() -> invalid("invalid signal: " + text + ": want a name such as SIGTERM, or 1 to 64"));
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches() || name.length() > MAX_NAME) {
            throw invalid("invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed,"
                    + " 2 to " + MAX_NAME + " of them");
        }
    }

    static boolean isHostname(String text) {
        return HOSTNAME.matcher(text).matches() && text.length() <= MAX_HOSTNAME;
    }

    private static void checkHostname(String hostname) {
        if (!isHostname(hostname)) {
            throw invalid(
                    "invalid hostname \"" + hostname + "\": want letters, digits, - and ., at most " + MAX_HOSTNAME);
        }
    }

    private static void checkWorkingDirectory(String folder) {
        if (!folder.startsWith("/") || folder.indexOf('\0') >= 0) {
            throw invalid("the working directory '" + folder + "' is invalid, it needs to be an absolute path");
        }
    }

    private static void checkNetworks(ContainerSpec spec) {
        switch (spec.networkMode()) {
            case NETWORKS -> checkNetworks(spec.networks());
            case NONE, HOST -> checkAlone(spec);
            case CONTAINER -> {
                checkAlone(spec);
                checkShared(spec);
            }
        }
    }

    /** What the other container has is not for this one to say. */
    private static void checkShared(ContainerSpec spec) {
        String has = "network " + spec.network() + " brings the other container's ";
        require(NetworkMode.owner(spec.network()).filter(String::isEmpty).isEmpty(), "network container: names nobody");
        require(spec.hostname().isEmpty(), has + "hostname: leave --hostname out");
        require(
                spec.dns().equals(DnsSettings.NONE),
                has + "resolv.conf: leave --dns, --dns-search and --dns-option out");
        require(spec.extraHosts().isEmpty(), has + "hosts file: leave --add-host out, or give it to the other one");
        require(spec.ports().exposed().isEmpty(), has + "ports: leave --expose out");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw invalid(otherwise);
        }
    }

    private static void checkAlone(ContainerSpec spec) {
        String mode = "network " + spec.network();
        if (!spec.networks().isEmpty() || spec.address().isPresent()) {
            throw invalid(mode + " stands alone: no other network can be named beside it, and nothing asked for there");
        }
        if (!spec.ports().published().isEmpty() || spec.ports().publishAll()) {
            throw invalid("no port can be published with " + mode + ": " + whyNoPort(spec) + "; leave -p and -P out");
        }
    }

    private static String whyNoPort(ContainerSpec spec) {
        return switch (spec.networkMode()) {
            case HOST -> "what the container listens on is the host's own port already";
            case CONTAINER -> "the ports are those of the other container, publish them there";
            case NONE, NETWORKS -> "the container reaches nobody";
        };
    }

    private static void checkNetworks(List<ContainerNetwork> networks) {
        if (networks.isEmpty()) {
            throw invalid("a container needs a network");
        }
        List<String> names = networks.stream().map(ContainerNetwork::network).toList();
        networks.forEach(SpecValidation::check);
        names.stream()
                .filter(name -> names.indexOf(name) != names.lastIndexOf(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid("network " + name + " is named twice: a container is on it once");
                });
    }

    /** Checks what a container asks for on a network, but for what depends on the network. */
    static void check(ContainerNetwork network) {
        network.address().ifPresent(SpecValidation::checkAddress);
        try {
            network.ipv6Address().ifPresent(Ipv6Address::parse);
            network.mac().ifPresent(MacAddress::parse);
            network.aliases().forEach(Endpoint::checkAlias);
            network.rateIn().ifPresent(BitRate::parse);
            network.rateOut().ifPresent(BitRate::parse);
            Egress.parse(network.egress());
            network.interfaceName().ifPresent(InterfaceName::new);
            InterfaceSettings.parse(network.settings());
        } catch (IllegalArgumentException bad) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, String.valueOf(bad.getMessage()), bad);
        }
    }

    private static void checkAddress(String address) {
        if (!ADDRESS.matcher(address).matches()) {
            throw invalid("invalid IP address \"" + address + "\": want an IPv4 address such as 172.17.0.9");
        }
    }

    private static void checkEnvironment(List<String> environment) {
        for (String entry : environment) {
            if (entry.isEmpty() || entry.startsWith("=") || entry.indexOf('\0') >= 0) {
                throw invalid("invalid environment variable: \"" + entry + "\": want NAME=VALUE");
            }
        }
    }

    private static void checkArguments(List<String> arguments) {
        for (String argument : arguments) {
            if (argument.indexOf('\0') >= 0) {
                throw invalid("invalid argument: it contains a NUL character");
            }
        }
    }

    private static void checkBinds(List<Bind> binds) {
        List<String> destinations = binds.stream().map(Bind::destination).toList();
        destinations.stream()
                .filter(path -> destinations.indexOf(path) != destinations.lastIndexOf(path))
                .findFirst()
                .ifPresent(path -> {
                    throw invalid("duplicate mount point: " + path);
                });
    }

    private static ContainerException invalid(String message) {
        return new ContainerException(Kind.INVALID_ARGUMENT, message);
    }
}
