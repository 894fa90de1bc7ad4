package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceSettingsTest {

    @Test
    void parse_wordsOfBothSpellings_areSettingsInTheirOrder() {
        InterfaceSettings settings = InterfaceSettings.parse(List.of(
                "net.ipv6.conf.IFNAME.accept_ra=2",
                "net.ipv4.conf.ifname.forwarding=1",
                "net.ipv6.conf.IFNAME.stable_secret=2001:db8::a=b",
                "net.ipv4.conf.IFNAME.forwarding=0"));

        assertThat(settings.words())
                .containsExactly(
                        "net.ipv6.conf.IFNAME.accept_ra=2",
                        "net.ipv4.conf.IFNAME.forwarding=0",
                        "net.ipv6.conf.IFNAME.stable_secret=2001:db8::a=b");
        assertThat(InterfaceSettings.parse(settings.words())).isEqualTo(settings);
    }

    @Test
    void paths_nameWithDots_isOnePart() {
        InterfaceSettings settings = InterfaceSettings.parse(List.of("net.mpls.conf.IFNAME.input=1"));

        assertThat(settings.paths(new InterfaceName("lan.7"))).containsExactly(entry("net/mpls/conf/lan.7/input", "1"));
        assertThat(InterfaceSettings.NONE.paths(new InterfaceName("eth0"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "net.ipv4.ip_forward=1",
                "net.ipv4.conf.eth0.forwarding=1",
                "net.core.conf.IFNAME.forwarding=1",
                "net.ipv4.conf.IFNAME.forwarding",
                "net.ipv4.conf.IFNAME.forwarding=",
                "net.ipv4.conf.IFNAME...=1",
                "net.ipv4.conf.IFNAME.a/../../b=1",
                "net.ipv4.conf.IFNAME.forwarding=1\n2",
                "kernel.conf.IFNAME.forwarding=1"
            })
    void parse_anythingElse_isQuoted(String word) {
        assertThatThrownBy(() -> InterfaceSettings.parse(List.of(word)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + word + "' is not a setting of an interface: write net.ipv4.conf.IFNAME");
    }

    @Test
    void constructor_otherNames_areRefused() {
        assertThatThrownBy(() -> new InterfaceSettings(Map.of("net.ipv4.conf.all.forwarding", "1")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
