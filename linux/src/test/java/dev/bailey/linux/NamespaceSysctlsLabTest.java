package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("lab")
class NamespaceSysctlsLabTest {
    private static final String FORWARDING = "net.ipv4.ip_forward";

    @Test
    void write_manyNamespaces_eachHasItsOwnAndNothingStaysOpen() throws Exception {
        String outside = Sysctl.read(FORWARDING);
        long before = OpenFiles.count("");
        try (NamespaceSysctls settings = new NamespaceSysctls();
                NamespaceVisits visits = NamespaceVisits.fromHere()) {
            for (int i = 0; i < 2 * NamespaceSysctls.USES + 2; i++) {
                String value = i % 2 == 0 ? "1" : "0";
                try (NetworkNamespace namespace = NetworkNamespace.create()) {
                    Action<LinuxException> change = () -> {
                        settings.write(FORWARDING, value);
                        assertThat(Sysctl.read(FORWARDING)).isEqualTo(value);
                    };
                    visits.run(namespace, change);
                }
            }
        }
        assertThat(Sysctl.read(FORWARDING)).isEqualTo(outside);
        assertThat(OpenFiles.count("")).isEqualTo(before);
    }

    @Test
    void write_noSuchSettingOrBadValue_isRefusedAsByProc() throws Exception {
        try (NamespaceSysctls settings = new NamespaceSysctls();
                NetworkNamespace namespace = NetworkNamespace.create();
                NamespaceVisits visits = NamespaceVisits.fromHere()) {
            Action<LinuxException> refused = () -> {
                assertThatThrownBy(() -> settings.write("net.ipv6.conf.nobody.disable_ipv6", "1"))
                        .isInstanceOfSatisfying(
                                LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
                assertThatThrownBy(() -> settings.write(FORWARDING, "many"))
                        .hasMessage("set sysctl net.ipv4.ip_forward to \"many\": EINVAL (Invalid argument)");
            };
            visits.run(namespace, refused);
        }
    }
}
