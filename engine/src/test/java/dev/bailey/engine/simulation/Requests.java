package dev.bailey.engine.simulation;

import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.SandboxTarget;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What clients ask an engine for. */
final class Requests {
    private static final List<InterfaceName> INTERFACES =
            List.of(new InterfaceName("eth0"), new InterfaceName("eth0"), new InterfaceName("eth1"));

    private final World world;
    private final Chance chance;

    Requests(World world) {
        this.world = world;
        this.chance = world.chance;
    }

    /** Sends one on its way; it begins and ends when the stage says so. */
    void send(String client) {
        int kind = chance.nextInt(14);
        world.stage.enter(client, () -> {
            switch (kind) {
                case 0, 1 -> attachNew(client);
                case 2 -> attachAnother(client);
                case 3, 4, 5 -> createAndAttach(client);
                case 6 -> attachWith(client);
                case 7, 8, 9 -> detach(client);
                case 10, 11 -> removeSandbox(client);
                case 12 -> change(client);
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
        attach(client, new SandboxTarget.Foreign(path, ""), Optional.empty(), INTERFACES.getFirst());
    }

    private void attachAnother(String client) {
        chance.any(world.foreign)
                .ifPresent(path ->
                        attach(client, new SandboxTarget.Foreign(path, ""), Optional.empty(), chance.of(INTERFACES)));
    }

    private void attachWith(String client) {
        Optional<Network> network = world.model().defaultNetwork();
        chance.any(world.model().sandboxes()).ifPresent(sandbox -> {
            Optional<Ipv4Address> address = network.map(n -> n.subnet().base().plus(chance.nextInt(8)));
            attach(client, new SandboxTarget.Existing(sandbox.id()), address, chance.of(INTERFACES));
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
            attach(client, new SandboxTarget.Existing(id), Optional.empty(), INTERFACES.getFirst());
        }
    }

    private void attach(
            String client, SandboxTarget target, Optional<Ipv4Address> address, InterfaceName interfaceName) {
        String what = "attach " + text(target) + " as " + interfaceName
                + address.map(a -> " with " + a).orElse("");
        ask(client, what, () -> {
            Endpoint endpoint =
                    world.engine().attach(new AttachRequest(target, Network.DEFAULT_NAME, address, interfaceName));
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

    private void change(String client) {
        NetworkOptions wanted = Choices.networkOptions(chance);
        ask(client, "change the default network: masquerade " + wanted.masquerade() + ", icc " + wanted.icc(), () -> {
            world.engine().changeDefaultNetwork(wanted);
            return "done";
        });
    }
}
