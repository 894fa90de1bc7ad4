package dev.bailey.engine.simulation;

import dev.bailey.engine.EngineOptions;
import dev.bailey.engine.model.IdSource;
import dev.bailey.engine.model.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One history of an engine on a fake kernel and disk: rounds of requests, of disturbances and of restarts, with refusals
 * and deaths at any step. Each round makes its choices from a number of its own, so a round can be left out and the
 * others stay much the same.
 */
final class Simulation {
    private static final int MAX_STEPS = 14;

    private final World world = new World();
    private final Chance chance = world.chance;
    private final Fate fate = world.fate;
    private final Requests requests = new Requests(world);
    private final Disturbances disturbances = new Disturbances(world);
    private final Tally tally;
    private boolean full;
    private boolean over;

    private Simulation(Tally tally) {
        this.tally = tally;
    }

    /**
     * A broken invariant.
     *
     * @param rounds how many of the rounds it took
     * @param history what happened
     */
    record Failure(Broken broken, int rounds, List<String> history, String kernel) {}

    /** Plays the rounds, one for each number; the first failure ends it. */
    static Optional<Failure> play(long[] rounds, Tally tally) {
        Simulation simulation = new Simulation(tally);
        Outcome outcome = new Outcome();
        IdSource.use(simulation.chance, () -> outcome.failure = simulation.playAll(rounds));
        return outcome.failure;
    }

    private static final class Outcome {
        Optional<Failure> failure = Optional.empty();
    }

    private Optional<Failure> playAll(long[] rounds) {
        int round = 0;
        try {
            world.history.begin("start: " + Choices.text(world.options()));
            startAtLast(world.options());
            for (; round < rounds.length && !over; round++) {
                chance.reseed(rounds[round]);
                playRound();
                if (!over) {
                    Invariants.check(world);
                }
            }
            if (!over) {
                world.history.begin("the end");
                restartInOrder();
                startTwice();
            }
            tally.histories++;
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of(failure(broken, round));
        } catch (RuntimeException | AssertionError unexpected) {
            return Optional.of(failure(new Broken("the engine does not break", unexpected), round));
        }
    }

    private Failure failure(Broken broken, int round) {
        return new Failure(broken, round + 1, world.history.lines(), world.host.dump());
    }

    private void playRound() {
        int kind = chance.nextInt(20);
        if (kind < 13) {
            world.history.begin("requests");
            planFate();
            sendRequests();
        } else if (kind < 17) {
            disturb();
        } else {
            restart();
        }
    }

    private void disturb() {
        world.history.begin("disturbance");
        int refusals = tally.refusals;
        int deaths = tally.deaths;
        int fullDisks = tally.fullDisks;
        boolean hadGivenUp = world.store.hasGivenUp();
        if (chance.oneIn(4)) {
            planFate();
        }
        disturbances.disturb();
        if (chance.oneIn(4)) {
            disturbances.disturb();
        }
        if (chance.oneIn(3)) {
            sendRequests();
        } else {
            playOut();
        }
        // A repair goes on though the disk takes no note of it: a death in its middle is not known to the next start.
        boolean noNote = hadGivenUp || tally.refusals > refusals || fullDisks < tally.fullDisks;
        if (noNote && tally.deaths > deaths) {
            over = true;
            return;
        }
        if (tally.refusals > refusals) {
            world.disturb();
        }
        if (chance.oneIn(4)) {
            return;
        }
        world.history.add("time passes");
        world.passTime();
    }

    private void planFate() {
        int refusals = chance.oneIn(3) ? chance.oneIn(4) ? 2 + chance.nextInt(2) : 1 : 0;
        Set<Integer> refused = new HashSet<>();
        for (int i = 0; i < refusals; i++) {
            refused.add(chance.nextInt(MAX_STEPS));
        }
        int deadly = chance.oneIn(5) ? chance.nextInt(MAX_STEPS) : -1;
        fate.plan(refused, deadly, chance.nextBoolean());
        if (chance.oneIn(30)) {
            world.history.add("the disk is full");
            world.store.setFull(true);
            full = true;
            tally.fullDisks++;
        }
    }

    private void sendRequests() {
        int clients = chance.oneIn(3) ? 2 + chance.nextInt(2) : 1;
        for (int i = 0; i < clients; i++) {
            requests.send("client " + (char) ('a' + i));
        }
        tally.requests += clients;
        playOut();
    }

    private void playOut() {
        world.play();
        boolean dead = fate.isDead();
        afterFate();
        if (dead) {
            tally.deaths++;
            dieAndStart();
        }
    }

    /** One refusal is dealt with on the spot; two at once may leave something to the next start. */
    private void afterFate() {
        fate.met().forEach(world.history::add);
        tally.refusals += fate.refused();
        if (fate.refused() > 0) {
            world.refuse();
        }
        if (fate.refused() + (full || world.store.hasGivenUp() ? 1 : 0) > 1) {
            world.unsettle();
        }
        giveSpace();
        if (!fate.isDead()) {
            fate.kind();
        }
    }

    private void giveSpace() {
        world.store.setFull(false);
        full = false;
    }

    private void dieAndStart() {
        if (chance.oneIn(5)) {
            world.history.add("and the power is gone");
            losePower();
        } else {
            world.kill();
        }
        startAtLast(world.options());
    }

    private void losePower() {
        tally.powerLosses++;
        world.losePower();
    }

    private void restart() {
        EngineOptions wanted = chance.nextBoolean() ? Choices.any(chance) : world.options();
        String how = end();
        world.history.begin(how + " and start: " + Choices.text(wanted));
        planFate();
        boolean started = world.start(wanted);
        boolean troubled = full || !fate.met().isEmpty();
        fate.met().forEach(world.history::add);
        giveSpace();
        fate.revive();
        if (!started) {
            startAtLast(wanted);
        }
        tally.starts++;
        if (!troubled && chance.oneIn(3)) {
            Invariants.check(world);
            startTwice();
        }
    }

    private String end() {
        return switch (chance.nextInt(4)) {
            case 0 -> {
                world.kill();
                yield "kill";
            }
            case 1 -> {
                losePower();
                yield "power loss";
            }
            default -> {
                world.stop();
                yield "stop";
            }
        };
    }

    /** With nothing in its way an engine starts, if not with the wanted options then with those from before. */
    private void startAtLast(EngineOptions wanted) {
        if (world.start(wanted)) {
            return;
        }
        EngineOptions before = world.options();
        world.history.add("start with the options from before: " + Choices.text(before));
        if (!world.start(before)) {
            throw new Broken("an engine starts when nothing is in its way", "refused with the options from before");
        }
    }

    private void restartInOrder() {
        world.stop();
        startAtLast(world.options());
        Invariants.check(world);
    }

    /** A recovery of what was recovered changes nothing. */
    private void startTwice() {
        String kernel = world.host.dump();
        Snapshot model = world.model();
        world.history.add("start again");
        restartInOrder();
        String again = world.host.dump();
        Invariants.require(
                kernel.equals(again),
                "to recover twice is to recover once",
                "the kernel was\n" + kernel + "and is\n" + again);
        Invariants.require(
                Set.copyOf(model.endpoints()).equals(Set.copyOf(world.model().endpoints()))
                        && Set.copyOf(model.sandboxes())
                                .equals(Set.copyOf(world.model().sandboxes()))
                        && Set.copyOf(model.networks())
                                .equals(Set.copyOf(world.model().networks())),
                "to recover twice is to recover once",
                "the model is another");
    }
}
