package dev.bailey.engine.simulation;

import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.SandboxTarget;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import java.nio.file.Path;
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

    private final World world;
    private final Chance chance;

    Requests(World world) {
        this.world = world;
        this.chance = world.chance;
    }

    /** Sends one on its way; it begins and ends when the stage says so. */
    void send(String client) {
        int kind = chance.nextInt(18);
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
            Optional<Ipv4Address> address = network.map(n -> n.subnet().base().plus(chance.nextInt(8)));
            attach(client, new SandboxTarget.Existing(sandbox.id()), name, address, chance.of(INTERFACES));
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
        String what = "attach " + text(target) + " to " + network + " as " + interfaceName
                + address.map(a -> " with " + a).orElse("");
        ask(client, what, () -> {
            Endpoint endpoint = world.engine().attach(new AttachRequest(target, network, address, interfaceName));
            world.promise(endpoint);
            return endpoint.hostEnd() + " " + endpoint.address();
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
                .ifPresent(endpoint -> ask(client, "detach " + endpoint.hostEnd() + " " + endpoint.address(), () -> {
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
        NetworkRequest wanted = chance.oneIn(3) ? plain.withSubnet(chance.of(SUBNETS)) : plain;
        String what = "create network " + wanted.name()
                + wanted.subnet().map(subnet -> " " + subnet).orElse("")
                + (wanted.options().internal() ? ", internal" : "")
                + (wanted.options().icc() ? "" : ", no icc");
        ask(client, what, () -> {
            Network network = world.engine().createNetwork(wanted);
            return network.subnet() + " on " + network.bridge();
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
