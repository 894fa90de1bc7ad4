package dev.bailey.engine.simulation;

import dev.bailey.engine.kernel.FakeHost;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.plan.Ipv6Settings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What others do to the kernel behind an engine's back. */
final class Disturbances {
    private final World world;
    private final Chance chance;

    Disturbances(World world) {
        this.world = world;
        this.chance = world.chance;
    }

    /** Does one of them now. */
    void disturb() {
        switch (chance.nextInt(14)) {
            case 0, 1 -> endNamespace();
            case 2 -> replaceNamespace();
            case 3 -> hideNamespace();
            case 4, 5, 6 -> onEndpoint("remove", world.host::steal);
            case 7 -> onEndpoint("set down", world.host::setDown);
            case 8 -> onEndpoint("take off its bridge", world.host::release);
            case 9 -> onBridge("remove", world.host::steal);
            case 10 -> onBridge("set down", world.host::setDown);
            case 11 -> onBridge("flush the addresses of", world.host::flushAddresses);
            case 12 ->
                disturbing(
                        "switch forwarding off",
                        () -> world.host.set(
                                chance.nextBoolean() ? FakeHost.FORWARDING : Ipv6Settings.FORWARDING, "0"));
            default -> either();
        }
    }

    private void either() {
        if (chance.nextBoolean()) {
            disturbing("flush the rules", world.host::flushRules);
        } else {
            told("lose reports");
            world.host.loseReports();
        }
    }

    private void told(String what) {
        world.history.add("somebody: " + what);
    }

    private void disturbing(String what, Runnable action) {
        told(what);
        action.run();
        world.disturb();
    }

    private void endNamespace() {
        chance.any(world.foreign).ifPresent(path -> {
            told("end namespace " + path);
            world.foreign.remove(path);
            world.host.endNamespace(path);
        });
    }

    private void replaceNamespace() {
        chance.any(world.foreign).ifPresent(path -> {
            told("replace namespace " + path);
            world.host.endNamespace(path);
            world.host.makeNamespace(path);
        });
    }

    private void hideNamespace() {
        Optional<Path> path = chance.any(world.foreign);
        path.ifPresent(p -> {
            told("take the file of namespace " + p);
            world.foreign.remove(p);
            world.host.hideNamespace(p);
        });
    }

    private void onEndpoint(String what, Consumer<String> action) {
        Collection<Endpoint> endpoints = world.model().endpoints();
        chance.any(endpoints).ifPresent(endpoint -> {
            String hostEnd = endpoint.hostEnd().value();
            if (world.host.allLinks().containsKey(hostEnd)) {
                told(what + " " + hostEnd);
                action.accept(hostEnd);
                if (!what.equals("remove")) {
                    world.disturb();
                }
            }
        });
    }

    private void onBridge(String what, Consumer<String> action) {
        List<String> bridges = world.model().networks().stream()
                .filter(network -> network.owner() == BridgeOwner.ENGINE)
                .map(Network::bridge)
                .map(Object::toString)
                .filter(world.host.allLinks()::containsKey)
                .toList();
        chance.any(bridges).ifPresent(bridge -> disturbing(what + " " + bridge, () -> action.accept(bridge)));
    }
}
