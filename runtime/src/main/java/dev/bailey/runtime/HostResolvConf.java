package dev.bailey.runtime;

import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.dns.ResolvConf;
import dev.bailey.engine.dns.SandboxDns;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resolver of containers: this host's, as it is at each start, with overrides. */
final class HostResolvConf {
    private static final Logger LOG = LoggerFactory.getLogger(HostResolvConf.class);

    private HostResolvConf() {}

    /** The text of a container's {@code /etc/resolv.conf}. */
    static String render(DnsSettings settings, NetworkFiles.Asking asking) throws IOException {
        String host = HostFiles.read(ResolvConf.HOST_FILE).orElse("");
        DnsOverrides overrides = SpecValidation.check(settings);
        SandboxDns dns = switch (asking) {
            case RESOLVER -> ResolvConf.parse(host).forResolver(overrides);
            case SANDBOX ->
                ResolvConf.ofHost(host, HostFiles.read(ResolvConf.SYSTEMD_FILE)).forSandbox(overrides, false);
            case HOST -> ResolvConf.parse(host).forHost(overrides);
        };
        dns.warning().ifPresent(LOG::warn);
        return asking == NetworkFiles.Asking.HOST && settings.equals(DnsSettings.NONE) ? host : dns.text();
    }
}
