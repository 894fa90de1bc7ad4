package dev.bailey.daemon.config;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting that Docker has and Bailey has not.
 *
 * @param key its name in Docker's daemon.json
 * @param flag its name on Docker's command line
 * @param takesValue whether a word follows it there
 * @param only the value that says what holds here anyway; empty when none does
 * @param reason why it cannot be set; empty when it is none of the network's business
 */
record DockerSetting(String key, String flag, boolean takesValue, Optional<String> only, String reason) {

    /** Those that say something about the network. */
    private static final Set<DockerSetting> OF_THE_NETWORK = Set.of(
            flag("ip6tables", "true", "the rules are what keeps containers apart, those of IPv6 as well"),
            flag(
                    "iptables",
                    "true",
                    "the rules are what keeps containers apart; --ip-masq=false leaves the source as it is"),
            flag("ip-forward-no-drop", "true", "the policy of FORWARD is never touched, so nothing is dropped by it"),
            flag("userland-proxy", "false", "no proxy is ever started"),
            value("userland-proxy-path", "no proxy is ever started"),
            flag("allow-direct-routing", "false", "containers are not reachable around their published ports"),
            value("bridge-accept-fwmark", "the mark that lets packets in is fixed"),
            value("host-gateway-ip", "host-gateway is the bridge's address"),
            new DockerSetting(
                    "host-gateway-ips",
                    "host-gateway-ip",
                    true,
                    Optional.empty(),
                    "host-gateway is the bridge's address"),
            new DockerSetting(
                    "default-network-opts",
                    "default-network-opt",
                    true,
                    Optional.empty(),
                    "networks are not created yet"),
            value("network-control-plane-mtu", "there are no networks over several hosts"),
            flag("live-restore", "true", "containers always outlive the daemon"),
            value("resolv-conf", "the host's own is read"));

    private static final Set<DockerSetting> OF_OTHERS = Stream.concat(
                    Stream.of("allow-nondistributable-artifacts api-cors-header authorization-plugins builder"
                                    + " cdi-spec-dirs cgroup-parent containerd containerd-namespace"
                                    + " containerd-plugin-namespace cpu-rt-period cpu-rt-runtime"
                                    + " default-cgroupns-mode default-ipc-mode default-runtime default-shm-size"
                                    + " default-ulimits exec-opts features group http-proxy https-proxy init-path"
                                    + " insecure-registries labels log-driver log-format log-opts"
                                    + " max-concurrent-downloads max-concurrent-uploads max-download-attempts"
                                    + " metrics-addr min-api-version no-proxy node-generic-resources"
                                    + " oom-score-adjust proxies registry-mirrors runtimes seccomp-profile"
                                    + " shutdown-timeout storage-driver storage-opts"
                                    + " swarm-default-advertise-addr tlscacert tlscert tlskey userns-remap")
                            .flatMap(names -> Stream.of(names.split(" ")))
                            .map(key -> new DockerSetting(key, flagOf(key), true, Optional.empty(), "")),
                    Stream.of(
                                    "debug experimental init no-new-privileges raw-logs rootless selinux-enabled tls tlsverify"
                                            .split(" "))
                            .map(key -> new DockerSetting(key, key, false, Optional.empty(), "")))
            .collect(Collectors.toUnmodifiableSet());

    static Stream<DockerSetting> all() {
        return Stream.concat(OF_THE_NETWORK.stream(), OF_OTHERS.stream());
    }

    static Optional<DockerSetting> ofKey(String key) {
        return all().filter(each -> each.key.equals(key)).findFirst();
    }

    /** On the command line what the file has in a list is written in the singular. */
    private static String flagOf(String key) {
        return switch (key) {
            case "default-ulimits", "exec-opts", "labels", "log-opts", "storage-opts", "registry-mirrors" ->
                key.substring(0, key.length() - 1);
            case "insecure-registries" -> "insecure-registry";
            case "runtimes" -> "add-runtime";
            default -> key;
        };
    }

    private static DockerSetting value(String name, String reason) {
        return new DockerSetting(name, name, true, Optional.empty(), reason);
    }

    private static DockerSetting flag(String name, String only, String reason) {
        return new DockerSetting(name, name, false, Optional.of(only), reason);
    }

    boolean isOfTheNetwork() {
        return !reason.isEmpty();
    }

    /** Throws when this value, given there, is not what holds anyway. */
    void check(String value, Origin origin) {
        if (!only.equals(Optional.of(value))) {
            String why = isOfTheNetwork() ? reason : "it belongs to Docker and has no effect here";
            String instead =
                    only.map(fitting -> "leave it out, or write " + fitting).orElse("leave it out");
            throw new UsageException(origin.label(flag, key) + " cannot be set: " + why + "; " + instead);
        }
    }
}
