package dev.bailey.bench.contender;

import dev.bailey.bench.site.HostNamespace;
import dev.bailey.bench.site.NamespacePool;
import dev.bailey.bench.site.PeerRoot;
import dev.bailey.bench.site.PeerShell;
import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer that is no daemon but programs, started anew for each attach and detach. */
abstract class ProgramContender implements Publisher {
    private final String name;
    private final int largestPopulation;
    private final PeerRoot root;
    private final Path folder;
    private final HostNamespace host;
    private final NamespacePool sandboxes;
    private final AtomicInteger clients = new AtomicInteger();

    ProgramContender(String name, int largestPopulation, PeerRoot root, Place place, String folder) throws IOException {
        this.name = name;
        this.largestPopulation = largestPopulation;
        this.root = root;
        this.folder = place.sub(folder);
        this.host = HostNamespace.create(place.namespaces().resolve(folder + "-host"));
        this.sandboxes = new NamespacePool(place.namespaces(), folder + "-", true);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final boolean isPeer() {
        return true;
    }

    @Override
    public final int largestPopulation() {
        return largestPopulation;
    }

    @Override
    public final void prepare(int count) throws IOException {
        sandboxes.grow(count);
    }

    @Override
    public final Client connect() throws IOException {
        return connect(false);
    }

    @Override
    public final Client connectPublishing() throws IOException {
        return connect(true);
    }

    private Client connect(boolean publishing) throws IOException {
        Path own = folder.resolve("client" + clients.getAndIncrement());
        return new Caller(PeerShell.open(root, host.path(), own), publishing);
    }

    /** Returns the folder of its state. */
    final Path folder() {
        return folder;
    }

    /** Returns the file of a slot's namespace. */
    final Path sandbox(int slot) {
        return sandboxes.path(slot);
    }

    /** Runs what attaches a slot, with ports or without. */
    abstract void attach(PeerShell shell, int slot, boolean publishing) throws IOException;

    /** Runs what detaches a slot that was attached so. */
    abstract void detach(PeerShell shell, int slot, boolean publishing) throws IOException;

    @Override
    public final void verify(int slot) throws IOException {
        Verification.check(sandboxes.path(slot));
    }

    @Override
    public final void verifyPublished(int slot) throws IOException {
        try (PeerShell shell = PeerShell.open(new PeerRoot(Optional.empty()), host.path(), folder.resolve("look"))) {
            Verification.checkPublished(shell, slot);
        }
    }

    @Override
    public final void close() throws IOException {
        sandboxes.close();
        host.close();
    }

    private final class Caller implements Client {
        private final PeerShell shell;

        private final boolean publishing;

        Caller(PeerShell shell, boolean publishing) {
            this.shell = shell;
            this.publishing = publishing;
        }

        @Override
        public long attach(int slot) throws IOException {
            long begin = System.nanoTime();
            ProgramContender.this.attach(shell, slot, publishing);
            return System.nanoTime() - begin;
        }

        @Override
        public long detach(int slot) throws IOException {
            long begin = System.nanoTime();
            ProgramContender.this.detach(shell, slot, publishing);
            return System.nanoTime() - begin;
        }

        @Override
        public void close() throws IOException {
            shell.close();
        }
    }
}
