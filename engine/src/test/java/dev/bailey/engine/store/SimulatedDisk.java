package dev.bailey.engine.store;

import dev.bailey.engine.simulation.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * A directory in memory that can run full, write less than asked, fail to sync, stop at any operation, and lose what was
 * not synced. Thread-safe.
 */
final class SimulatedDisk implements Disk {
    /** What a power loss keeps or loses as a whole: less than a disk's sector, to be on the hard side. */
    private static final int SECTOR = 16;

    /** Names as programs see them, and as they are after a loss of power. */
    private final Map<String, Inode> names = new HashMap<>();

    private final List<Map<String, Inode>> nameHistory = new ArrayList<>();
    private final RandomGenerator random;
    private final Optional<Fate> fate;
    private int operationsLeft = Integer.MAX_VALUE;
    private int operations;
    private int syncsToFail;
    private long bytesFree = Long.MAX_VALUE;

    SimulatedDisk(RandomGenerator random) {
        this(random, Optional.empty());
    }

    /** With a fate, what is asked of the disk is refused and deadly as that says, and nothing takes time. */
    SimulatedDisk(RandomGenerator random, Optional<Fate> fate) {
        this.random = random;
        this.fate = fate;
        nameHistory.add(Map.of());
    }

    /** The disk's content as programs see it, and the writes that a loss of power may undo. */
    private static final class Inode {
        private byte[] seen = new byte[0];
        private byte[] safe = new byte[0];
        private final List<Written> unsafe = new ArrayList<>();
    }

    private record Written(int position, byte[] bytes) {
        byte[] onto(byte[] content) {
            byte[] result = Arrays.copyOf(content, Math.max(content.length, position + bytes.length));
            System.arraycopy(bytes, 0, result, position, bytes.length);
            return result;
        }
    }

    /** After so many operations every further one fails and does nothing, as if the machine had stopped. */
    synchronized void stopAfter(int count) {
        operationsLeft = count;
    }

    synchronized boolean hasStopped() {
        return operationsLeft <= 0;
    }

    synchronized int operations() {
        return operations;
    }

    synchronized void failNextSyncs(int count) {
        syncsToFail = count;
    }

    synchronized void limitFreeBytes(long bytes) {
        bytesFree = bytes;
    }

    synchronized void put(String name, byte[] content) {
        Inode inode = new Inode();
        inode.seen = content.clone();
        inode.safe = content.clone();
        names.put(name, inode);
        namesSafe();
    }

    synchronized List<String> list() {
        return names.keySet().stream().sorted().toList();
    }

    /** The disk that the next process finds after this one was killed. */
    synchronized SimulatedDisk afterKill() {
        SimulatedDisk next = new SimulatedDisk(random, fate);
        names.forEach((name, inode) -> next.put(name, inode.seen));
        return next;
    }

    /** The same content, readable whatever the fate of this disk. */
    synchronized SimulatedDisk copyForReading() {
        SimulatedDisk copy = new SimulatedDisk(random);
        names.forEach((name, inode) -> copy.put(name, inode.seen));
        return copy;
    }

    /** A disk that the next process may find after a loss of power: some of what was not synced is there, some not. */
    synchronized SimulatedDisk afterPowerLoss() {
        SimulatedDisk next = new SimulatedDisk(random, fate);
        nameHistory.get(random.nextInt(nameHistory.size())).forEach((name, inode) -> next.put(name, surviving(inode)));
        return next;
    }

    private byte[] surviving(Inode inode) {
        byte[] content = inode.safe;
        int mode = random.nextInt(3);
        for (Written written : inode.unsafe) {
            for (int start = 0; start < written.bytes.length; start += SECTOR) {
                if (mode == 0 || mode == 1 && random.nextBoolean()) {
                    int end = Math.min(start + SECTOR, written.bytes.length);
                    content = new Written(written.position + start, Arrays.copyOfRange(written.bytes, start, end))
                            .onto(content);
                }
            }
        }
        return content.clone();
    }

    private void operation(String what) throws IOException {
        if (fate.isPresent() && fate.get().refuses(what)) {
            throw new IOException("refused on purpose: " + what);
        }
        if (operationsLeft <= 0) {
            throw new IOException("the machine has stopped");
        }
        operationsLeft--;
        operations++;
    }

    private void done(String what) {
        fate.ifPresent(f -> f.done(what));
    }

    private void namesChanged() {
        nameHistory.add(new HashMap<>(names));
    }

    private void namesSafe() {
        nameHistory.clear();
        nameHistory.add(new HashMap<>(names));
    }

    @Override
    public Path path(String name) {
        return Path.of("/data/state", name);
    }

    @Override
    public synchronized Optional<byte[]> read(String name) throws IOException {
        operation("read " + name);
        return Optional.ofNullable(names.get(name)).map(inode -> inode.seen.clone());
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        operation("create " + name);
        Inode inode = new Inode();
        names.put(name, inode);
        namesChanged();
        done("create " + name);
        return new OpenFile(inode);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        operation("rename " + from);
        Inode inode = names.remove(from);
        if (inode == null) {
            throw new IOException("no " + from);
        }
        names.put(to, inode);
        namesChanged();
        done("rename " + from);
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        operation("delete " + name);
        names.remove(name);
        namesChanged();
        done("delete " + name);
    }

    @Override
    public synchronized void syncNames() throws IOException {
        operation("sync names");
        failSync();
        namesSafe();
        done("sync names");
    }

    private void failSync() throws IOException {
        if (syncsToFail > 0) {
            syncsToFail--;
            throw new IOException("Input/output error");
        }
    }

    private final class OpenFile implements DiskFile {
        private final Inode inode;
        private boolean closed;

        OpenFile(Inode inode) {
            this.inode = inode;
        }

        @Override
        public int write(long position, byte[] bytes, int offset, int length) throws IOException {
            synchronized (SimulatedDisk.this) {
                operation("write");
                checkOpen();
                int count = (int) Math.min(length, Math.max(1, bytesFree));
                if (position + count > inode.seen.length && bytesFree == 0) {
                    throw new IOException("No space left on device");
                }
                count = random.nextBoolean() ? count : 1 + random.nextInt(count);
                bytesFree -= Math.max(0, Math.min(bytesFree, position + count - inode.seen.length));
                Written written = new Written((int) position, Arrays.copyOfRange(bytes, offset, offset + count));
                inode.seen = written.onto(inode.seen);
                inode.unsafe.add(written);
                done("write");
                return count;
            }
        }

        @Override
        public void sync() throws IOException {
            takeTime();
            synchronized (SimulatedDisk.this) {
                checkOpen();
                try {
                    operation("sync");
                    failSync();
                } catch (IOException failure) {
                    // As kernels do: what could not be written is forgotten, and the next sync will not report it.
                    inode.unsafe.clear();
                    throw failure;
                }
                inode.safe = inode.seen.clone();
                inode.unsafe.clear();
                done("sync");
            }
        }

        /** At times, so that others write during a sync. */
        private void takeTime() {
            boolean slow;
            synchronized (SimulatedDisk.this) {
                slow = fate.isEmpty() && random.nextBoolean();
            }
            if (slow) {
                LockSupport.parkNanos(100_000);
            }
        }

        private void checkOpen() {
            if (closed) {
                throw new IllegalStateException("use of a closed file");
            }
        }

        @Override
        public void close() {
            synchronized (SimulatedDisk.this) {
                closed = true;
            }
        }
    }
}
