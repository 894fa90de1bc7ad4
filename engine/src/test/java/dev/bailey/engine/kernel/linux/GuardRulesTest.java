package dev.bailey.engine.kernel.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.netlink.nftables.NftText;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.SetDefinition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of guards in nft's words. */
class GuardRulesTest {
    private static final Guard GUARD = new Guard(
            new InterfaceName("veth1"),
            MacAddress.parse("02:ba:ac:11:00:02"),
            Optional.of(Ipv4Address.parse("172.17.0.2")),
            Optional.of(Ipv6Address.parse("fd00::2")));

    @Test
    void rules_letOwnAddressesPassAlone() {
        assertThat(GuardRules.rules().stream()
                        .map(rule -> rule.chain() + ": " + NftText.of(rule))
                        .toList())
                .containsExactly(
                        "prerouting: iifname @host_ends goto sent",
                        "sent: ether type ip iifname . ether saddr . ip saddr @senders accept",
                        "sent: ether type arp iifname . ether saddr . arp saddr ip @senders"
                                + " iifname . arp saddr ether . arp saddr ip @senders accept",
                        "sent: ether type ip6 iifname . ether saddr . ip6 saddr @senders6 goto sent6",
                        "sent: counter packets 0 bytes 0 drop comment \"not from the endpoint's own addresses\"",
                        "sent6: icmpv6 type nd-neighbor-advert iifname . ether saddr . icmpv6 taddr @senders6 accept",
                        "sent6: icmpv6 type nd-neighbor-advert counter packets 0 bytes 0 drop"
                                + " comment \"another's address\"",
                        "sent6: icmpv6 type nd-router-advert counter packets 0 bytes 0 drop"
                                + " comment \"router advertisement\"",
                        "sent6: icmpv6 type nd-redirect counter packets 0 bytes 0 drop comment \"redirect\"",
                        "sent6: accept",
                        "input: @ll,0,40 0x0180c20000 iifname @host_ends counter packets 0 bytes 0 drop"
                                + " comment \"for bridges alone\"");
    }

    @Test
    void elements_areOneForTheHostEndAndOneForItsAddresses() {
        assertThat(text(0)).contains("type ifname", "elements = { \"veth1\" }");
        assertThat(text(1))
                .contains(
                        "type ifname . ether_addr . ipv4_addr",
                        "elements = { \"veth1\" . 02:ba:ac:11:00:02 . 172.17.0.2 }");
        assertThat(text(2))
                .contains(
                        "\"veth1\" . 02:ba:ac:11:00:02 . fd00::2",
                        "\"veth1\" . 02:ba:ac:11:00:02 . fe80::ba:acff:fe11:2");
    }

    private static String text(int set) {
        SetDefinition definition = GuardRules.sets().get(set);
        return NftText.of(new SetContent(definition, GuardRules.elements(definition, List.of(GUARD))));
    }
}
