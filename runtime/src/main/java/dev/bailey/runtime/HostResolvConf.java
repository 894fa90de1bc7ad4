package dev.bailey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class HostResolvConf {
    private HostResolvConf() {}

    static String render(DnsSettings overrides) throws IOException {
        return Files.readString(Path.of("/etc/resolv.conf"));
    }
}
