package dev.bailey.bench.run;

import dev.bailey.bench.contender.Client;
import dev.bailey.bench.contender.Contender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contenders taking turns within a stage, each with one client that stays connected. Confined to one thread. */
final class Turns {
    private final Entrants entrants;
    private final Map<Contender, Client> clients = new HashMap<>();
    private final int samplesPerRound;

    Turns(Entrants entrants, Course course) {
        this.entrants = entrants;
        this.samplesPerRound = course.samplesPerRound();
        entrants.each(Contender.class, "connecting", contender -> clients.put(contender, contender.connect()));
    }

    /** What is done in one turn. */
    @FunctionalInterface
    interface Turn {
        void take(Contender contender, Client client) throws IOException;
    }

    /** Warms everybody up, and checks that an attach is one and that a detach takes it back. */
    void warmUp(int pairs) {
        for (Contender contender : entrants.running()) {
            take(contender, "warm-up", (warmed, client) -> {
                for (int pair = 0; pair < (contender.isPeer() ? 1 : pairs); pair++) {
                    client.attach(0);
                    client.detach(0);
                }
                client.attach(0);
                contender.verify(0);
                client.detach(0);
            });
        }
    }

    /** Has Bailey and the floor take several turns, then each peer one; every other round the other way around. */
    void round(int number, Turn turn) {
        List<Contender> order = new ArrayList<>();
        for (int sample = 0; sample < samplesPerRound; sample++) {
            entrants.running().stream().filter(contender -> !contender.isPeer()).forEach(order::add);
        }
        entrants.running().stream().filter(Contender::isPeer).forEach(order::add);
        for (Contender contender : number % 2 == 0 ? order : order.reversed()) {
            take(contender, "round " + (number + 1), turn);
        }
    }

    private void take(Contender contender, String what, Turn turn) {
        Client client = clients.get(contender);
        if (client != null) {
            entrants.attempt(contender, what, () -> turn.take(contender, client));
        }
    }

    /** Closes the clients. */
    void close() {
        clients.forEach((contender, client) -> entrants.attempt(contender, "closing", client::close));
        clients.clear();
    }
}
