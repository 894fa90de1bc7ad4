package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SysctlTest {

    @ParameterizedTest
    @CsvSource({
        "net.ipv4.ip_forward,/proc/sys/net/ipv4/ip_forward",
        "net/ipv4/ip_forward,/proc/sys/net/ipv4/ip_forward",
        "net.ipv4.conf.eth0/1.forwarding,/proc/sys/net/ipv4/conf/eth0.1/forwarding",
        "net/ipv4/conf/eth0.1/forwarding,/proc/sys/net/ipv4/conf/eth0.1/forwarding"
    })
    void path_bothForms_areSysctlsOwn(String name, String path) {
        assertThat(Sysctl.path(name)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "/etc/passwd", "net/../../../etc/passwd", "//.etc.passwd"})
    void path_outsideProcSys_isRefused(String name) {
        assertThatThrownBy(() -> Sysctl.path(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + name + "\" is not a sysctl name such as net.ipv4.ip_forward");
    }

    @Test
    void read_setting_isWithoutLineEnd() throws Exception {
        assertThat(Sysctl.read("kernel.ostype")).isEqualTo("Linux");
    }

    @Test
    void read_absent_saysSo() {
        assertThatThrownBy(() -> Sysctl.read("net.ipv4.no_such_setting"))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContaining("/proc/sys/net/ipv4/no_such_setting");
    }
}
