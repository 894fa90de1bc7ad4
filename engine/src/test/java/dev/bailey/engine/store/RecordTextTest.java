package dev.bailey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.RateLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as text and back. */
class RecordTextTest {
    private static final String ID = "abababababababababababababababababababababababababababababababab";

    @Test
    void decode_everyKind_isWhatWasEncoded() {
        List<StateRecord> records = Script.records();
        assertThat(records.stream().map(Object::getClass).distinct())
                .hasSize(StateRecord.class.getPermittedSubclasses().length);
        for (StateRecord record : records) {
            String text = RecordText.encode(record);
            assertThat(text).matches("[!-~ ]+");
            assertThat(RecordText.decode(text)).isEqualTo(record);
        }
    }

    @Test
    void encode_isReadable() {
        assertThat(RecordText.encode(new StateRecord.SandboxCreated(Script.FOREIGN)))
                .isEqualTo("sandbox-created " + Script.FOREIGN.id()
                        + " 100%25-%c3%bcber /run/net%20ns/a%2520b%0a%c3%a9 4026532002 true");
        assertThat(RecordText.encode(new StateRecord.NetworkCreated(Script.NETWORK)))
                .isEqualTo("network-created " + Script.NETWORK.id()
                        + " bridge bailey0 172.17.0.0/16 172.17.0.1 1500 true true false engine 172.17.0.1 172.17.0.0/16 false"
                        + " nat 0.0.0.0 - - 0 - - eth false true true -");
        assertThat(RecordText.encode(new StateRecord.NetworkCreated(Script.OTHER)))
                .endsWith(" nat 127.0.0.1 192.0.2.1 eth0,a%2c%3db 1764367200123"
                        + " %=%,a%3db%2cc=x%20y router=10.1.0.9 lan true false false fd00:1::1/64 fd00:1::8000/113"
                        + " fd00:1::fe router=fd00:1::9 nat-unprotected 2001:db8::1 unguarded");
        assertThat(RecordText.encode(new StateRecord.AttachIntended(Script.endpoint(Script.SANDBOX, 2))))
                .endsWith(" 172.17.0.2/16 172.17.0.1 02:ba:ac:11:00:02 1500 db,db.internal -1 fd00:2::2/64 fd00:2::1");
        assertThat(RecordText.encode(new StateRecord.AttachIntended(Script.endpoint(Script.SANDBOX, 3))))
                .endsWith(" 1500 - 0 -");
        assertThat(RecordText.encode(new StateRecord.HostSettingRemembered("empty", "")))
                .isEqualTo("host-setting empty %");
        EndpointId endpoint = new EndpointId(ID);
        assertThat(RecordText.encode(new StateRecord.PortsPublished(endpoint, List.of(Script.PORT, Script.RANGE))))
                .isEqualTo("ports-published " + endpoint
                        + " 0.0.0.0:8080:80/tcp 127.0.0.1:9000-9009:9000-9009/udp,from=10.0.0.0/8");
    }

    @Test
    void withoutIpv4_dashesStandInItsPlaces() {
        Network network = new Network(
                Script.OTHER.id(),
                "alone",
                new InterfaceName("br-alone"),
                BridgeOwner.ENGINE,
                Optional.empty(),
                1500,
                NetworkOptions.DEFAULT,
                false,
                NetworkDetails.NONE,
                Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:2::/64"))));
        Endpoint of = Script.endpoint(Script.SANDBOX, 2);
        Endpoint endpoint = new Endpoint(
                of.id(),
                network.id(),
                of.sandbox(),
                of.interfaceName(),
                of.hostEnd(),
                Optional.empty(),
                of.mac(),
                1500,
                List.of(),
                0,
                of.ipv6(),
                RateLimits.NONE,
                Egress.NONE,
                InterfaceSettings.NONE);
        StateRecord create = new StateRecord.NetworkCreated(network);
        StateRecord attach = new StateRecord.AttachIntended(endpoint);

        assertThat(RecordText.encode(create))
                .endsWith(" alone br-alone - - 1500 true true false engine - - false nat 0.0.0.0 - - 0 - - eth false"
                        + " false false fd00:2::1/64 fd00:2::/64 fd00:2::1 - nat -");
        assertThat(RecordText.encode(attach)).endsWith(" - - " + of.mac() + " 1500 - 0 fd00:2::2/64 fd00:2::1");
        assertThat(List.of(create, attach))
                .allSatisfy(record ->
                        assertThat(RecordText.decode(RecordText.encode(record))).isEqualTo(record));
        String half = RecordText.encode(create).replace(" engine - - ", " engine 10.1.0.1 - ");
        assertThatIllegalArgumentException().isThrownBy(() -> RecordText.decode(half));
    }

    @Test
    void settingsOfTheInterface_areBehindTheEgress() {
        String plain = RecordText.encode(new StateRecord.AttachIntended(Script.endpoint(Script.SANDBOX, 3)));
        String text = plain + " - - - - - net.ipv6.conf.IFNAME.accept_ra%3d2,net.ipv4.conf.IFNAME.forwarding%3d0";

        StateRecord record = RecordText.decode(text);

        assertThat(record)
                .isInstanceOfSatisfying(
                        StateRecord.AttachIntended.class,
                        attach -> assertThat(attach.endpoint().settings().words())
                                .containsExactly(
                                        "net.ipv6.conf.IFNAME.accept_ra=2", "net.ipv4.conf.IFNAME.forwarding=0"));
        assertThat(RecordText.encode(record)).isEqualTo(text);
    }

    @Test
    void egress_isBehindTheLimits_andOfANetworkAWordAtTheEnd() {
        Egress egress = new Egress(
                Optional.of(EgressWay.parse("uplink=a,=b")),
                Optional.of(Ipv4Address.parse("192.0.2.7")),
                List.of(EgressTarget.parse("10.0.0.0/8"), EgressTarget.parse("192.0.2.1:53/udp")));
        StateRecord attach = new StateRecord.AttachIntended(
                Script.endpoint(Script.SANDBOX, 3).with(egress));
        StateRecord create = new StateRecord.NetworkCreated(
                Script.OTHER.with(Script.OTHER.options().with(Optional.of(EgressWay.parse("table=100")))));
        StateRecord number = new StateRecord.EgressNumbered(egress.way().orElseThrow(), 7);

        assertThat(RecordText.encode(attach)).endsWith(" 0 - - - uplink=a,=b 192.0.2.7 10.0.0.0/8,192.0.2.1:53/udp");
        assertThat(RecordText.encode(create)).endsWith(" unguarded table=100");
        for (String sources : List.of("2001:db8::7", "192.0.2.7,2001:db8::7")) {
            List<String> words = new ArrayList<>(List.of("allow=[2001:db8::1]:443/tcp", "allow=::/0"));
            List.of(sources.split(",")).forEach(each -> words.add("ip=" + each));
            StateRecord both = new StateRecord.AttachIntended(
                    Script.endpoint(Script.SANDBOX, 3).with(Egress.parse(words)));
            assertThat(RecordText.encode(both)).endsWith(" - " + sources + " [2001:db8::1]:443/tcp,::/0");
            assertThat(RecordText.decode(RecordText.encode(both))).isEqualTo(both);
        }
        assertThat(RecordText.encode(number)).isEqualTo("egress-numbered 7 uplink=a,=b");
        assertThat(List.of(attach, create, number))
                .allSatisfy(record ->
                        assertThat(RecordText.decode(RecordText.encode(record))).isEqualTo(record));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown x",
                "attach-done",
                "attach-done abc",
                "ports-published " + ID,
                "ports-published " + ID + " 8080:80/tcp",
                "ports-unpublished " + ID + " 0.0.0.0:0:80/tcp",
                "unique-local-prefix",
                "egress-numbered 0 table=1",
                "egress-numbered 1 eth0",
                "unique-local-prefix 10.0.0.0/8",
                "host-setting a",
                "host-setting a b c",
                "host-setting a b%4",
                "host-setting a b%zz",
                "host-setting a %ff",
                "host-setting  b"
            })
    void decode_anythingElse_refuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordText.decode(text));
    }
}
