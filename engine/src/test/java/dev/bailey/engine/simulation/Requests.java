package dev.bailey.engine.simulation;

import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.SandboxTarget;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What clients ask an engine for. */
final class Requests {
    private static final List<InterfaceName> INTERFACES =
            List.of(new InterfaceName("eth0"), new InterfaceName("eth0"), new InterfaceName("eth1"));

    private static final List<Subnet> SUBNETS = List.of(
            Subnet.parse("10.50.0.0/24"),
            Subnet.parse("10.50.0.128/25"),
            Subnet.parse("10.50.1.0/29"),
            Subnet.parse("198.51.100.0/25"),
            Subnet.parse("0.0.0.0/28"));
    private static final List<Ipv6Subnet> IPV6_SUBNETS =
            List.of(Ipv6Subnet.parse("fd00:1::/64"), Ipv6Subnet.parse("fd00:1::/125"), Ipv6Subnet.parse("::/96"));
    private static final List<String> PORTS = List.of(
            "80",
            "80/udp",
            "8080:80",
            "127.0.0.1:8080:80",
            "192.0.2.1:8080:80",
            "8080-8085:8080-8085",
            "8084-8089:84-89",
            "8080:80/udp",
            "127.0.0.1:8000-9000:8000-9000/udp",
            "7777:80",
            "7770-7780:80",
            "8080:80,from=10.0.0.0/8,192.0.2.7",
            "8090-8092:90-92,from=10.0.0.0/8",
            "[::]:8080:80",
            "[2001:db8::1]:8080-8085:8080-8085",
            "8443:443,from=fd00::/8,10.0.0.0/8");

    private final World world;
    private final Chance chance;

    Requests(World world) {
        this.world = world;
        this.chance = world.chance;
    }

    /** Sends one on its way; it begins and ends when the stage says so. */
    void send(String client) {
        int kind = chance.nextInt(25);
        world.stage.enter(client, () -> {
            switch (kind) {
                case 0, 1 -> attachNew(client);
                case 2 -> attachAnother(client);
                case 3, 4, 5 -> createAndAttach(client);
                case 6 -> attachWith(client);
                case 7, 8, 9 -> detach(client);
                case 10, 11 -> removeSandbox(client);
                case 12 -> change(client);
                case 13, 14 -> createNetwork(client);
                case 15 -> removeNetwork(client);
                case 16, 17, 18 -> publish(client);
                case 19, 20 -> unpublish(client);
                case 21, 22 -> connect(client);
                default -> detachUnknown(client);
            }
        });
    }

    private interface Request {
        String carryOut();
    }

    private void ask(String client, String what, Request request) {
        String told;
        try {
            told = request.carryOut();
        } catch (EngineException refusal) {
            told = "refused, " + refusal.code() + ": " + refusal.getMessage();
        } catch (Fate.Death death) {
            told = "no answer";
        } catch (Broken broken) {
            world.broke(broken);
            told = "never answered";
        } catch (RuntimeException | AssertionError unexpected) {
            world.broke(new Broken("every request is answered or refused", unexpected));
            told = "broke on " + unexpected;
        }
        world.history.add(client + ": " + what + ": " + told);
    }

    private void attachNew(String client) {
        Path path = world.makeNamespace();
        attach(client, new SandboxTarget.Foreign(path, ""), anyNetwork(), Optional.empty(), INTERFACES.getFirst());
    }

    private void attachAnother(String client) {
        chance.any(world.foreign)
                .ifPresent(path -> attach(
                        client,
                        new SandboxTarget.Foreign(path, ""),
                        anyNetwork(),
                        Optional.empty(),
                        chance.of(INTERFACES)));
    }

    private void attachWith(String client) {
        String name = anyNetwork();
        Optional<Network> network = world.model().networkNamed(name);
        chance.any(world.model().sandboxes()).ifPresent(sandbox -> {
            Optional<Ipv4Address> address = network.flatMap(Network::ipv4)
                    .map(part -> part.subnet().base().plus(chance.nextInt(8)));
            Optional<Ipv6Address> ipv6 = network.flatMap(Network::ipv6)
                    .map(part -> part.subnet().base().plus(chance.nextInt(8)))
                    .filter(_ -> chance.nextBoolean());
            attach(client, new SandboxTarget.Existing(sandbox.id()), name, address, chance.of(INTERFACES), ipv6);
        });
    }

    /** One network more for a sandbox, perhaps with a wish for its default route or one for the address. */
    private void connect(String client) {
        String network = anyNetwork();
        chance.any(world.model().sandboxes()).ifPresent(sandbox -> {
            AttachRequest wanted = new AttachRequest(
                            new SandboxTarget.Existing(sandbox.id()),
                            network,
                            Optional.empty(),
                            chance.any(world.model().endpoints())
                                    .flatMap(Endpoint::ipv4)
                                    .map(part -> part.address().address()),
                            Optional.empty(),
                            chance.oneIn(5)
                                    ? Optional.of(new MacAddress(0x0242_0a00_0000L + chance.nextInt(3)))
                                    : Optional.empty(),
                            List.of(),
                            chance.nextInt(3) - 1,
                            List.of())
                    .withIpv6(
                            Optional.empty(),
                            chance.any(world.model().endpoints())
                                    .flatMap(Endpoint::ipv6)
                                    .map(part -> part.address().address()))
                    .withLimits(limits())
                    .withEgress(Choices.egress(chance));
            ask(client, "connect " + sandbox.name() + " to " + network + " with " + wanted.gatewayPriority(), () -> {
                Endpoint endpoint = world.engine().attach(wanted);
                world.promise(endpoint);
                return endpoint.hostEnd() + " " + endpoint.addressText();
            });
        });
    }

    private void createAndAttach(String client) {
        SandboxId id = SandboxId.random(chance);
        String name = "s" + world.nextNumber();
        ask(client, "create sandbox " + name + " (" + id.shortForm() + ")", () -> {
            world.engine().createSandbox(id, name);
            return "done";
        });
        if (!chance.oneIn(4)) {
            attach(client, new SandboxTarget.Existing(id), anyNetwork(), Optional.empty(), INTERFACES.getFirst());
        }
    }

    /** The default network as often as not, also where there is none. */
    private String anyNetwork() {
        return chance.nextBoolean()
                ? Network.DEFAULT_NAME
                : chance.any(world.model().networks()).map(Network::name).orElse(Network.DEFAULT_NAME);
    }

    private void attach(
            String client,
            SandboxTarget target,
            String network,
            Optional<Ipv4Address> address,
            InterfaceName interfaceName) {
        attach(client, target, network, address, interfaceName, Optional.empty());
    }

    private void attach(
            String client,
            SandboxTarget target,
            String network,
            Optional<Ipv4Address> address,
            InterfaceName interfaceName,
            Optional<Ipv6Address> ipv6) {
        String what = "attach " + text(target) + " to " + network + " as " + interfaceName
                + address.map(a -> " with " + a).orElse("")
                + ipv6.map(a -> " with " + a).orElse("");
        List<PortRequest> ports = chance.oneIn(2) ? List.of() : ports();
        ask(client, what + (ports.isEmpty() ? "" : " with ports " + ports), () -> {
            Endpoint endpoint = world.engine()
                    .attach(new AttachRequest(target, network, address, interfaceName)
                            .withPorts(ports)
                            .withIpv6(ipv6, Optional.empty()));
            world.promise(endpoint);
            return endpoint.hostEnd() + " " + endpoint.addressText() + world.promisePortsOf(endpoint);
        });
    }

    private RateLimits limits() {
        return new RateLimits(rate(), rate());
    }

    private Optional<BitRate> rate() {
        return chance.oneIn(3) ? Optional.of(new BitRate(8_000_000L * (1 + chance.nextInt(3)))) : Optional.empty();
    }

    /** Of so few that they are often taken. */
    private List<PortRequest> ports() {
        List<PortRequest> ports = new ArrayList<>();
        for (int i = chance.nextInt(3); i >= 0; i--) {
            ports.add(PortRequest.parse(chance.of(PORTS)));
        }
        return ports;
    }

    private void publish(String client) {
        List<PortRequest> ports = ports();
        chance.any(world.model().endpoints()).ifPresent(endpoint -> {
            ask(client, "publish " + ports + " of " + endpoint.hostEnd(), () -> {
                List<PortMapping> published = world.engine().publish(endpoint.id(), ports);
                world.promise(endpoint.id(), published);
                return published.toString();
            });
        });
    }

    private void unpublish(String client) {
        chance.any(world.model().ports().all()).ifPresent(port -> {
            List<PortMapping> gone = world.model().ports().of(port.endpoint()).stream()
                    .map(PublishedPort::mapping)
                    .filter(mapping -> mapping.equals(port.mapping()) || chance.oneIn(2))
                    .toList();
            ask(client, "unpublish " + gone, () -> {
                world.askToEnd(port.endpoint(), gone);
                world.engine().unpublish(port.endpoint(), gone);
                return "done";
            });
        });
    }

    private static String text(SandboxTarget target) {
        return switch (target) {
            case SandboxTarget.Existing(SandboxId id) -> id.shortForm();
            case SandboxTarget.Foreign(Path netns, String _) -> netns.toString();
        };
    }

    private void detach(String client) {
        chance.any(world.model().endpoints())
                .ifPresent(endpoint ->
                        ask(client, "detach " + endpoint.hostEnd() + " " + endpoint.addressText(), () -> {
                            world.askToGo(endpoint);
                            world.engine().detach(endpoint.id());
                            return "done";
                        }));
    }

    private void detachUnknown(String client) {
        EndpointId unknown = EndpointId.random(chance);
        ask(client, "detach an unknown endpoint", () -> {
            world.engine().detach(unknown);
            throw new AssertionError("that was done");
        });
    }

    private void removeSandbox(String client) {
        Optional<Sandbox> sandbox = chance.any(world.model().sandboxes());
        sandbox.ifPresent(s -> ask(client, "remove sandbox " + s.name() + " (" + s.id().shortForm() + ")", () -> {
            world.askToGo(s);
            world.engine().removeSandbox(s.id());
            return "done";
        }));
    }

    private void createNetwork(String client) {
        NetworkRequest plain = NetworkRequest.of("n" + chance.nextInt(6)).with(Choices.userOptions(chance));
        NetworkRequest ofIpv4 = chance.oneIn(3) ? plain.withSubnet(chance.of(SUBNETS)) : plain;
        NetworkRequest both = chance.oneIn(2)
                ? ofIpv4.with(Choices.ipv6(
                        chance,
                        plain.options(),
                        chance.oneIn(3) ? Optional.of(chance.of(IPV6_SUBNETS)) : Optional.empty()))
                : ofIpv4;
        NetworkRequest wanted = both.ipv6().isPresent() && chance.oneIn(3)
                ? both.withoutIpv4().with(chance.oneIn(4) ? plain.options() : Choices.withoutIpv4(plain.options()))
                : both;
        String what = "create network " + wanted.name()
                + wanted.ipv4().map(ipv4 -> " " + ipv4.subnet()).orElse(", no IPv4")
                + wanted.ipv6()
                        .map(ipv6 -> ", IPv6 " + ipv6.gatewayMode() + " " + ipv6.subnet())
                        .orElse("")
                + ", " + wanted.options().gatewayMode()
                + (wanted.options().internal() ? ", internal" : "")
                + (wanted.options().trustedInterfaces().isEmpty() ? "" : ", trusted link")
                + (wanted.options().icc() ? "" : ", no icc");
        ask(client, what, () -> {
            Network network = world.engine().createNetwork(wanted);
            return network.addressText() + " on " + network.bridge();
        });
    }

    private void removeNetwork(String client) {
        chance.any(world.model().networks())
                .ifPresent(network -> ask(client, "remove network " + network.name(), () -> {
                    world.engine().removeNetwork(network.id());
                    return "done";
                }));
    }

    private void change(String client) {
        NetworkOptions wanted = Choices.networkOptions(chance);
        ask(client, "change the default network: masquerade " + wanted.masquerade() + ", icc " + wanted.icc(), () -> {
            world.engine().changeDefaultNetwork(wanted);
            return "done";
        });
    }
}
