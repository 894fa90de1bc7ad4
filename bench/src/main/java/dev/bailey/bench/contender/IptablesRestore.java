package dev.bailey.bench.contender;

import dev.bailey.bench.site.HostNamespace;
import dev.bailey.bench.site.PeerRoot;
import dev.bailey.bench.site.PeerShell;
import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least that a change of iptables' tables takes: one call of {@code iptables-restore} that adds a rule to a chain of
 * the nat table, for a detach one that deletes it. No link, no address, no daemon, no state.
 */
public final class IptablesRestore implements Contender {
    /** What the tables call it. */
    public static final String NAME = "iptables-restore";

    private static final PeerRoot MACHINE = new PeerRoot(Optional.empty());
    private static final String CALL = "iptables-restore --noflush -w";
    private static final int FIRST_PORT = 20_000;

    private final HostNamespace host;
    private final Path folder;
    private final AtomicInteger clients = new AtomicInteger();

    private IptablesRestore(HostNamespace host, Path folder) {
        this.host = host;
        this.folder = folder;
    }

    /** Makes a host with an empty chain in its nat table. */
    public static IptablesRestore open(Place place) throws IOException {
        HostNamespace host = HostNamespace.create(place.namespaces().resolve("restore-host"));
        IptablesRestore restore = new IptablesRestore(host, place.sub("restore"));
        try (PeerShell shell = restore.shell()) {
            shell.run(
                    CALL,
                    "*nat\n:PUBLISHED - [0:0]\n-A PREROUTING -m addrtype --dst-type LOCAL -j PUBLISHED\nCOMMIT\n");
        } catch (IOException failure) {
            host.close();
            throw failure;
        }
        return restore;
    }

    private PeerShell shell() throws IOException {
        return PeerShell.open(MACHINE, host.path(), folder.resolve("client" + clients.getAndIncrement()));
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
        return Integer.MAX_VALUE;
    }

    @Override
    public void prepare(int count) {}

    @Override
    public Client connect() throws IOException {
        return new Caller(shell());
    }

    @Override
    public void verify(int slot) throws IOException {
        try (PeerShell shell = shell()) {
            shell.run("iptables -w -t nat -C " + rule(slot), "");
        }
    }

    @Override
    public void close() throws IOException {
        host.close();
    }

    private static String rule(int slot) {
        int number = slot + 2;
        return "PUBLISHED -p tcp -m tcp --dport " + (FIRST_PORT + slot) + " -j DNAT --to-destination 172.30."
                + (number >> 8) + "." + (number & 0xff) + ":80";
    }

    private static final class Caller implements Client {
        private final PeerShell shell;

        Caller(PeerShell shell) {
            this.shell = shell;
        }

        @Override
        public long attach(int slot) throws IOException {
            return timed("-A " + rule(slot));
        }

        @Override
        public long detach(int slot) throws IOException {
            return timed("-D " + rule(slot));
        }

        private long timed(String change) throws IOException {
            long begin = System.nanoTime();
            shell.run(CALL, "*nat\n" + change + "\nCOMMIT\n");
            return System.nanoTime() - begin;
        }

        @Override
        public void close() throws IOException {
            shell.close();
        }
    }
}
