package dev.bailey.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.NetlinkMessage;
import dev.bailey.netlink.Seed;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Values by chance, written and read back; and bytes by chance, read or refused. */
class RouteRoundTripTest {

    private static final int ROUNDS = 3000;

    @Test
    void addressRouteRuleNeighbour_random_readBackEqual() {
        RandomGenerator random = Seed.generator("RouteRoundTripTest");
        for (int round = 0; round < ROUNDS; round++) {
            Address address = address(random);
            assertThat(Address.decode(message(address.encode(random.nextBoolean()))))
                    .isEqualTo(address);
            Route route = route(random);
            assertThat(RouteDecoder.decode(message(route.encode(random.nextBoolean()))))
                    .containsExactly(route);
            Rule rule = rule(random);
            assertThat(Rule.decode(message(rule.encode(random.nextBoolean())))).isEqualTo(rule);
            Neighbour neighbour = neighbour(random);
            assertThat(Neighbour.decode(message(neighbour.encode()))).contains(neighbour);
        }
    }

    @Test
    void decoders_anyBytes_readOrRefuseAndNothingElse() {
        RandomGenerator random = Seed.generator("RouteRoundTripTest.anyBytes");
        List<Function<NetlinkMessage, Object>> decoders =
                List.of(Link::decode, Address::decode, RouteDecoder::decode, Rule::decode, Neighbour::decode);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> payloads = List.of(
                    address(random).encode(false),
                    route(random).encode(false),
                    multipath().payload(),
                    rule(random).encode(false),
                    neighbour(random).encode());
            byte[] payload = payloads.get(random.nextInt(payloads.size())).clone();
            payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            byte[] cut = Arrays.copyOf(payload, random.nextInt(payload.length + 1));
            for (Function<NetlinkMessage, Object> decoder : decoders) {
                try {
                    assertThat(decoder.apply(message(cut))).isNotNull();
                } catch (IllegalArgumentException saidSo) {
                    refused++;
                }
            }
        }
        assertThat(refused).isBetween(1, ROUNDS * decoders.size());
    }

    @Test
    void decode_severalNextHops_isARouteForEach() {
        Prefix any = Prefix.ANY_IPV4;
        Optional<InetAddress> none = Optional.empty();

        assertThat(RouteDecoder.decode(multipath()))
                .containsExactly(
                        new Route(any, Optional.of(ip("10.1.0.1")), 3, none, 9, 254),
                        new Route(any, Optional.of(ip("fe80::1")), 4, none, 9, 254),
                        new Route(any, none, 5, none, 9, 254));
    }

    @Test
    void decode_notUnicastOrNotInternet_isNothing() {
        byte[] blackhole = Route.onLink(Prefix.parse("10.0.0.0/8"), 1).encode(false);
        blackhole[7] = 6;
        byte[] mpls = Route.onLink(Prefix.parse("10.0.0.0/8"), 1).encode(false);
        mpls[0] = 28;

        assertThat(RouteDecoder.decode(message(blackhole))).isEmpty();
        assertThat(RouteDecoder.decode(message(mpls))).isEmpty();
    }

    /** As the kernel sends it: a gateway of IPv4, one of IPv6, and a link alone. */
    private static NetlinkMessage multipath() {
        byte[] hops = new AttributeWriter()
                .putU16(16)
                .putU16(0)
                .putU32(3)
                .bytes(Rtnetlink.RTA_GATEWAY, ip("10.1.0.1").getAddress())
                .putU16(32)
                .putU16(0)
                .putU32(4)
                .bytes(
                        Rtnetlink.RTA_VIA,
                        new AttributeWriter()
                                .putU16(Rtnetlink.AF_INET6)
                                .put(ip("fe80::1").getAddress())
                                .toByteArray())
                .putU16(8)
                .putU16(0)
                .putU32(5)
                .toByteArray();
        return message(new AttributeWriter()
                .putU8(Rtnetlink.AF_INET)
                .putU8(0)
                .putU16(0)
                .putU8(Rtnetlink.RT_TABLE_MAIN)
                .putU8(Rtnetlink.RTPROT_BOOT)
                .putU8(Rtnetlink.RT_SCOPE_UNIVERSE)
                .putU8(Rtnetlink.RTN_UNICAST)
                .putU32(0)
                .u32(Rtnetlink.RTA_PRIORITY, 9)
                .bytes(Rtnetlink.RTA_MULTIPATH, hops)
                .toByteArray());
    }

    private static Address address(RandomGenerator random) {
        return new Address(1 + random.nextInt(1 << 20), prefix(random, random.nextBoolean()));
    }

    private static Route route(RandomGenerator random) {
        boolean six = random.nextBoolean();
        Prefix any = new Prefix(six ? ip("::") : ip("0.0.0.0"), 0);
        return new Route(
                random.nextInt(4) == 0 ? any : prefix(random, six),
                maybe(random, inet(random, six)),
                random.nextInt(100),
                maybe(random, inet(random, six)),
                random.nextInt(3),
                1 + random.nextInt(1000));
    }

    private static Rule rule(RandomGenerator random) {
        boolean six = random.nextBoolean();
        Prefix any = new Prefix(six ? ip("::") : ip("0.0.0.0"), 0);
        int mark = random.nextInt(3);
        return new Rule(
                random.nextInt(40000),
                random.nextBoolean() ? any : prefix(random, six),
                maybe(random, prefix(random, six)),
                random.nextBoolean() ? "" : "eth" + random.nextInt(10),
                random.nextBoolean() ? "" : "eth" + random.nextInt(10),
                mark,
                mark == 0 ? 0 : 1 + random.nextInt(1000),
                1 + random.nextInt(1000),
                random.nextBoolean(),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(33)),
                random.nextInt(256));
    }

    private static Neighbour neighbour(RandomGenerator random) {
        byte[] mac = new byte[6];
        random.nextBytes(mac);
        return new Neighbour(
                1 + random.nextInt(100),
                inet(random, random.nextBoolean()),
                maybe(random, HardwareAddress.of(mac)),
                random.nextInt(0x100));
    }

    private static Prefix prefix(RandomGenerator random, boolean six) {
        return new Prefix(inet(random, six), 1 + random.nextInt(six ? 128 : 32));
    }

    private static InetAddress inet(RandomGenerator random, boolean six) {
        byte[] bytes = new byte[six ? 16 : 4];
        random.nextBytes(bytes);
        return Address.inet(bytes);
    }

    private static InetAddress ip(String literal) {
        return Prefix.parse(literal).address();
    }

    private static <T> Optional<T> maybe(RandomGenerator random, T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private static NetlinkMessage message(byte[] payload) {
        return NetlinkMessage.request(0, 0, payload);
    }
}
