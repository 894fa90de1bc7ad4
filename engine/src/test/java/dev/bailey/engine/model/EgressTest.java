package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "203.0.113.7",
                "10.0.0.0/8/udp",
                "203.0.113.7:443/tcp",
                "0.0.0.0/0:1-99/sctp",
                "2001:db8::1",
                "2001:db8::/32",
                "::/0",
                "2001:db8::/32/udp",
                "[2001:db8::1]:443/tcp",
                "[2001:db8::/32]:1-99/sctp"
            })
    void target_isReadAsItIsWritten(String text) {
        assertThat(EgressTarget.parse(text)).hasToString(text);
    }

    @Test
    void target_portsAreThoseOfTcp_whenNobodySays() {
        assertThat(EgressTarget.parse("10.0.0.0/8:80-90")).hasToString("10.0.0.0/8:80-90/tcp");
        assertThat(EgressTarget.parse("[2001:db8::1]:443")).hasToString("[2001:db8::1]:443/tcp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org | is nowhere to send to: write ADDRESS",
                "10.0.0.1/8 | the address bits after /8 must be zero, as in 10.0.0.0/8",
                "10.0.0.0/8:0 | is no port",
                "10.0.0.0/8/icmp | is no protocol with ports",
                "10.0.0.0/8: | is no port",
                "2001:db8::1/32 | the address bits after /32 must be zero, as in 2001:db8::/32",
                "[2001:db8::1:443 | a bracket ends before a colon and a port",
                "[2001:db8::1]443 | a bracket ends before a colon and a port",
                "[2001:db8::1]: | is no port",
                "2001:db8::1%eth0 | leave out what comes after '%'",
                "2001:db8::/32/icmp | is no protocol with ports",
            })
    void target_otherwise_isRefused(String text, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EgressTarget.parse(text))
                .withMessageContaining(what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uplink=eth1", "table=100", "table=999999999"})
    void way_isReadAsItIsWritten(String text) {
        assertThat(EgressWay.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth1", "uplink=", "table=0", "table=254", "table=main", "table=-1", "table=9999999999"})
    void way_otherwise_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> EgressWay.parse(text));
    }

    @Test
    void egress_takesATargetOnce_andNoAddressThatIsNone() {
        EgressTarget target = EgressTarget.parse("10.0.0.0/8");
        assertThat(new Egress(Optional.empty(), Optional.empty(), List.of(target, target)).allowed())
                .containsExactly(target);
        assertThat(Egress.NONE.isNone()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Egress(Optional.empty(), Optional.of(Ipv4Address.parse("127.0.0.1")), List.of()))
                .withMessageContaining("127.0.0.1 cannot be the address that packets leave with");
    }

    @Test
    void egress_isReadFromItsWords_whichAreThereOnceButTargets() {
        List<String> words = List.of("uplink=eth1", "ip=192.0.2.7", "allow=10.0.0.0/8", "allow=192.0.2.1:443/tcp");
        assertThat(Egress.parse(words).words()).isEqualTo(words);
        assertThat(Egress.parse(List.of())).isEqualTo(Egress.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Egress.parse(List.of("uplink=eth1", "table=7")))
                .withMessage("packets leave by one uplink or one table: leave the other out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Egress.parse(List.of("ip=192.0.2.7", "ip=192.0.2.8")))
                .withMessage("packets leave with one IPv4 address: leave the other out");
    }

    @Test
    void egress_hasAnAddressForEachFamily() {
        Egress egress = Egress.parse(List.of("ip=2001:db8::7", "ip=192.0.2.7"));
        assertThat(egress.words()).containsExactly("ip=192.0.2.7", "ip=2001:db8::7");
        assertThat(Egress.parse(List.of("ip=2001:db8::7")).isNone(IpFamily.IPV4))
                .isTrue();
        assertThat(egress.isNone(IpFamily.IPV6)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Egress.parse(List.of("ip=2001:db8::7", "ip=2001:db8::8")))
                .withMessage("packets leave with one IPv6 address: leave the other out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Egress.parse(List.of("ip=fe80::7")))
                .withMessageContaining("fe80::7 cannot be the address that packets leave with");
    }

    @Test
    void internalNetwork_hasNoWayOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new NetworkOptions(true, true, true).with(Optional.of(EgressWay.parse("uplink=eth1"))))
                .withMessage("packets do not leave an internal network, whatever the way: name none");
    }
}
