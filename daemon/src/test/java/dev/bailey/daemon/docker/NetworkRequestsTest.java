package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.api.ApiJson;
import dev.bailey.api.network.CreateNetworkRequest;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.Ipv6Request;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SourcePorts;
import dev.bailey.engine.model.Subnet;
import dev.bailey.runtime.ContainerNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker's words about networks, as the engine understands them. */
class NetworkRequestsTest {
    private static NetworkRequest read(String json) {
        return NetworkRequests.network(
                ApiJson.jsonb().type(CreateNetworkRequest.class).fromJson(json));
    }

    @Test
    void network_everythingSet_isKept() {
        NetworkRequest request = read("""
                {"Name":"lan","Driver":"bridge","Scope":"local","Internal":true,"EnableIPv4":true,"EnableIPv6":false,
                 "IPAM":{"Driver":"default","Config":[{"Subnet":"10.9.0.0/24","IPRange":"10.9.0.128/25",
                   "Gateway":"10.9.0.254","AuxiliaryAddresses":{"router":"10.9.0.9"}}]},
                 "Labels":{"a":"b"},
                 "Options":{"com.docker.network.bridge.name":"br0",
                   "com.docker.network.bridge.enable_icc":"false",
                   "com.docker.network.bridge.enable_ip_masquerade":"0",
                   "com.docker.network.bridge.host_binding_ipv4":"127.0.0.1",
                   "com.docker.network.bridge.gateway_mode_ipv4":"isolated",
                   "com.docker.network.bridge.inhibit_ipv4":"true",
                   "com.docker.network.driver.mtu":"1400",
                   "com.docker.network.container_iface_prefix":"lan"}}""");
        assertThat(request.name()).isEqualTo("lan");
        assertThat(request.bridge()).contains(new InterfaceName("br0"));
        assertThat(request.ipv4().orElseThrow().subnet()).get().hasToString("10.9.0.0/24");
        assertThat(request.ipv4().orElseThrow().range()).get().hasToString("10.9.0.128/25");
        assertThat(request.ipv4().orElseThrow().gateway()).get().hasToString("10.9.0.254");
        assertThat(request.ipv4().orElseThrow().auxiliary()).containsOnlyKeys("router");
        assertThat(request.mtuBytes()).hasValue(1400);
        assertThat(request.ipv4().orElseThrow().bridgeAddressed()).isFalse();
        assertThat(request.interfacePrefix()).isEqualTo("lan");
        assertThat(request.labels()).containsEntry("a", "b");
        assertThat(request.options().icc()).isFalse();
        assertThat(request.options().masquerade()).isFalse();
        assertThat(request.options().internal()).isTrue();
        assertThat(request.options().gatewayMode()).isEqualTo(GatewayMode.ISOLATED);
        assertThat(request.options().hostBinding()).hasToString("127.0.0.1");
    }

    @Test
    void network_hostBindingOfIpv6_isTakenByItsOptionForBothFamilies() {
        assertThat(read("""
                        {"Name":"lan","EnableIPv4":false,"EnableIPv6":true,
                         "Options":{"com.docker.network.bridge.host_binding_ipv4":"2001:db8::5"}}""").options().hostBinding()).hasToString("2001:db8::5");
    }

    @Test
    void network_wayOut_isKept() {
        assertThat(read("{\"Name\":\"lan\",\"Options\":{\"dev.bailey.egress.uplink\":\"eth1\"}}")
                        .options()
                        .way()
                        .orElseThrow())
                .hasToString("uplink=eth1");
        assertThat(read("{\"Name\":\"lan\",\"Options\":{\"dev.bailey.egress.table\":\"100\"}}")
                        .options()
                        .way()
                        .orElseThrow())
                .hasToString("table=100");
    }

    @Test
    void network_nameAloneOrWithWhatClientsAdd_isTheSame() {
        NetworkRequest plain = NetworkRequest.of("lan");
        assertThat(read("{\"Name\":\"lan\"}")).isEqualTo(plain);
        assertThat(read("""
                {"Name":"lan","CheckDuplicate":true,"Driver":"bridge","Attachable":true,"ConfigFrom":null,
                 "IPAM":{"Driver":"default","Options":{},"Config":[]},"Options":{},"Labels":{}}""")).isEqualTo(plain);
    }

    @Test
    void network_withoutIpv4_isOfIpv6Alone() {
        NetworkRequest request = read("""
                {"Name":"lan","EnableIPv4":false,"EnableIPv6":true,
                 "IPAM":{"Config":[{"Subnet":"fd00:9::/64","Gateway":"fd00:9::9"}]}}""");
        assertThat(request.ipv4()).isEmpty();
        assertThat(request.ipv6().orElseThrow().gateway()).get().hasToString("fd00:9::9");
        assertThat(read("{\"Name\":\"lan\",\"EnableIPv4\":true}").ipv4()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|400|a network needs a name",
                "{'Name':'x','Driver':'macvlan'}|501|driver macvlan is not supported: bridge is",
                "{'Name':'x','EnableIPv4':false}|400|network x has neither IPv4 nor IPv6: enable at least one of them,"
                        + " IPv6 with --ipv6 (EnableIPv6)",
                "{'Name':'x','EnableIPv4':false,'EnableIPv6':true,'IPAM':{'Config':[{'Subnet':'10.9.0.0/24'}]}}|400|"
                        + "10.9.0.0/24: the network has no IPv4, let it have some (EnableIPv4) or leave that address out",
                "{'Name':'x','EnableIPv4':false,'EnableIPv6':true,'IPAM':{'Config':[{'Gateway':'10.9.0.1'}]}}|400|"
                        + "10.9.0.1: the network has no IPv4, let it have some (EnableIPv4) or leave that address out",
                "{'Name':'x','EnableIPv4':false,'EnableIPv6':true,'Options':{"
                        + "'com.docker.network.bridge.host_binding_ipv4':'127.0.0.1'}}|400|option"
                        + " com.docker.network.bridge.host_binding_ipv4: the network has no IPv4, let it have some"
                        + " (EnableIPv4) or leave it out",
                "{'Name':'x','IPAM':{'Config':[{'Subnet':'fd00::/64'}]}}|400|subnet fd00::/64: a network has an"
                        + " IPv6 subnet only where IPv6 is asked for, add --ipv6 (EnableIPv6)",
                "{'Name':'x','IPAM':{'Config':[{'Subnet':'10.9.0.1/24'}]}}|400|subnet: 10.9.0.1/24 is not a subnet: the"
                        + " address bits after /24 must be zero, as in 10.9.0.0/24",
                "{'Name':'x','IPAM':{'Config':[{'Gateway':'10.9.0.1'}]}}|400|an IP range, a gateway or an auxiliary"
                        + " address needs the subnet that it is in",
                "{'Name':'x','IPAM':{'Config':[{'Subnet':'10.9.0.0/24'},{'Subnet':'10.8.0.0/24'}]}}|400|a network has one"
                        + " IPv4 subnet, not 2",
                "{'Name':'x','IPAM':{'Driver':'dhcp'}}|501|address drivers other than default, and options for them, are"
                        + " not supported",
                "{'Name':'x','Options':{'com.docker.network.bridge.enable_icc':'maybe'}}|400|option"
                        + " com.docker.network.bridge.enable_icc: 'maybe' is neither true nor false",
                "{'Name':'x','Options':{'com.docker.network.bridge.gateway_mode_ipv6':'nat'}}|400|option"
                        + " com.docker.network.bridge.gateway_mode_ipv6: the network has no IPv6, add --ipv6 (EnableIPv6)"
                        + " or leave it out",
                "{'Name':'x','EnableIPv6':true,'Options':{'com.docker.network.bridge.gateway_mode_ipv6':'route'}}|400|option"
                        + " com.docker.network.bridge.gateway_mode_ipv6: 'route' is not a gateway mode: choose "
                        + "nat, nat-unprotected, routed, isolated",
                "{'Name':'x','EnableIPv6':true,'Options':{'com.docker.network.host_ipv6':'192.0.2.1'}}|400|option"
                        + " com.docker.network.host_ipv6: '192.0.2.1' is not an IPv6 address: write eight groups of up to four"
                        + " hexadecimal digits with colons between them, '::' once for groups of zeros, like fd00::2",
                "{'Name':'x','Options':{'com.docker.network.host_ipv6':'fd00::1'}}|400|option"
                        + " com.docker.network.host_ipv6: the network has no IPv6, add --ipv6 (EnableIPv6) or leave it out",
                "{'Name':'x','EnableIPv6':true,'IPAM':{'Config':[{'Subnet':'fd00::1/64'}]}}|400|subnet: fd00::1/64 is not a"
                        + " subnet: the address bits after /64 must be zero, as in fd00::/64",
                "{'Name':'x','EnableIPv6':true,'IPAM':{'Config':[{'Subnet':'fd00::/64'},{'Subnet':'fd01::/64'}]}}|400|a"
                        + " network has one IPv6 subnet, not 2",
                "{'Name':'x','Options':{'dev.bailey.egress.uplink':'eth1','dev.bailey.egress.table':'7'}}|400|options"
                        + " dev.bailey.egress.uplink and dev.bailey.egress.table: packets leave by one uplink or one table:"
                        + " leave the other out",
                "{'Name':'x','Options':{'dev.bailey.egress.table':'main'}}|400|option dev.bailey.egress.table: 'main' is no"
                        + " routing table: write its number, like 100",
                "{'Name':'x','Internal':true,'Options':{'dev.bailey.egress.uplink':'eth1'}}|400|packets do not leave an"
                        + " internal network, whatever the way: name none",
                "{'Name':'x','Internal':true,'Options':{'dev.bailey.bridge.masquerade_random':'true'}}|400|ports are not chosen"
                        + " where packets keep their own address or do not leave: leave that out",
                "{'Name':'x','Options':{'com.docker.network.driver.mtu':'big'}}|400|option com.docker.network.driver.mtu:"
                        + " 'big' is not an MTU: write a number of bytes like 1400",
                "{'Name':'x','Options':{'com.docker.network.bridge.gateway_mode_ipv4':'isolated'}}|400|gateway mode"
                        + " isolated is for internal networks alone: make the network internal, or choose another mode",
                "{'Name':'x','Options':{'com.docker.network.bridge.gateway_mode_ipv4':'routed',"
                        + "'com.docker.network.bridge.trusted_host_interfaces':'eth1'}}|400|trusted links have no effect in"
                        + " gateway mode routed: leave them out",
                "{'Name':'x','Options':{'com.docker.network.host_ipv4':'192.0.2'}}|400|option com.docker.network.host_ipv4:"
                        + " '192.0.2' is not an IPv4 address: write four numbers from 0 to 255 with dots between them, like"
                        + " 172.17.0.2"
            })
    void network_whatCannotBe_isRefusedInOneLine(String json, int status, String message) {
        assertThatThrownBy(() -> read(json.replace('\'', '"')))
                .isInstanceOfSatisfying(
                        HttpFailure.class,
                        failure -> assertThat(failure.status()).isEqualTo(status))
                .hasMessage(message);
    }

    @Test
    void network_gatewayModeAndWhoIsTrusted_areKept() {
        NetworkOptions routed = read("""
                {"Name":"r","Options":{"com.docker.network.bridge.gateway_mode_ipv4":"routed"}}""").options();
        assertThat(routed.isRouted()).isTrue();
        NetworkOptions trusting = read("""
                {"Name":"t","Options":{"com.docker.network.bridge.trusted_host_interfaces":"eth1:tail0",
                 "com.docker.network.host_ipv4":"192.0.2.7"}}""").options();
        assertThat(trusting.trustedInterfaces()).containsExactly(new InterfaceName("eth1"), new InterfaceName("tail0"));
        assertThat(trusting.sourceAddress()).contains(Ipv4Address.parse("192.0.2.7"));
        NetworkOptions random = read("""
                {"Name":"r","Options":{"dev.bailey.bridge.masquerade_random":"true"}}""").options();
        assertThat(random.sourcePorts()).isEqualTo(SourcePorts.RANDOM);
        assertThat(routed.sourcePorts()).isEqualTo(SourcePorts.KEPT);
    }

    @Test
    void network_dualStack_keepsWhatIsSaidOfEachFamily() {
        NetworkRequest wanted = read("""
                {"Name":"lan","EnableIPv6":true,"IPAM":{"Config":[{"Subnet":"fd00:9::/64","IPRange":"fd00:9::8000/113",
                 "Gateway":"fd00:9::fe","AuxiliaryAddresses":{"r":"fd00:9::9"}},{"Subnet":"10.9.0.0/24"}]}}""");
        assertThat(wanted.ipv4().orElseThrow().subnet()).contains(Subnet.parse("10.9.0.0/24"));
        assertThat(wanted.ipv6())
                .contains(new Ipv6Request(
                        Optional.of(Ipv6Subnet.parse("fd00:9::/64")),
                        Optional.of(Ipv6Subnet.parse("fd00:9::8000/113")),
                        Optional.of(Ipv6Address.parse("fd00:9::fe")),
                        Map.of("r", Ipv6Address.parse("fd00:9::9")),
                        GatewayMode.NAT,
                        Optional.empty()));
        assertThat(read("{\"Name\":\"lan\",\"EnableIPv6\":true}").ipv6()).contains(Ipv6Request.ANY);
    }

    @Test
    void network_unknownOption_saysWhichThereAre() {
        assertThatThrownBy(() -> read("{\"Name\":\"x\",\"Options\":{\"foo\":\"1\"}}"))
                .hasMessageStartingWith(
                        "unknown option foo: the bridge driver knows com.docker.network.bridge.enable_icc, ");
    }

    @Test
    void membership_wishes_areKept() {
        ContainerNetwork wanted = NetworkRequests.membership(
                "lan", EndpointSettings.wishing("10.9.0.7", null, List.of("db", "db"), "02:42:00:00:00:01", -3));
        assertThat(wanted.address()).contains("10.9.0.7");
        assertThat(wanted.mac()).contains("02:42:00:00:00:01");
        assertThat(wanted.aliases()).containsExactly("db");
        assertThat(wanted.gatewayPriority()).isEqualTo(-3);
        assertThat(wanted.ipv6Address()).isEmpty();
        EndpointSettings ipv6 =
                ApiJson.jsonb().type(EndpointSettings.class).fromJson("{\"IPAMConfig\":{\"IPv6Address\":\"fd00::7\"}}");
        assertThat(NetworkRequests.membership("lan", ipv6).ipv6Address()).contains("fd00::7");
    }
}
