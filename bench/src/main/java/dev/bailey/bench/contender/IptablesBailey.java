package dev.bailey.bench.contender;

import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Bailey's daemon with the iptables backend, whose measure is one call of {@code iptables-restore}: each slot publishes a port,
 * or no rule would change.
 */
public final class IptablesBailey implements Contender {
    /** What the tables call it. */
    public static final String NAME = "Bailey, iptables";

    private static final int FIRST_PORT = 20_000;

    private final Bailey bailey;

    private IptablesBailey(Bailey bailey) {
        this.bailey = bailey;
    }

    /**
     * Makes a host and starts the daemon there.
     *
     * @param launcher the script that starts client and daemon
     */
    public static IptablesBailey open(Path launcher, Place place) throws IOException {
        Bailey bailey = Bailey.open(
                launcher,
                place,
                "bailey-iptables",
                List.of("--firewall-backend", "iptables"),
                slot -> List.of((FIRST_PORT + slot) + ":80"));
        try {
            bailey.start();
        } catch (IOException failure) {
            bailey.close();
            throw failure;
        }
        return new IptablesBailey(bailey);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isPeer() {
        return false;
    }

    @Override
    public int largestPopulation() {
        return bailey.largestPopulation();
    }

    @Override
    public void prepare(int count) throws IOException {
        bailey.prepare(count);
    }

    @Override
    public Client connect() throws IOException {
        return bailey.connect();
    }

    @Override
    public void verify(int slot) throws IOException {
        bailey.verify(slot);
    }

    @Override
    public void close() throws IOException {
        bailey.close();
    }
}
