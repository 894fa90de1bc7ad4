package dev.bailey.daemon.main;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to use an exec root, and with it the socket and the namespaces there, held by one process at a time. The kernel
 * ends it with the process; the file {@code lock} stays and tells the id of the last holder.
 */
final class ExecRootLock implements AutoCloseable {
    private final FileChannel channel;

    private ExecRootLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock; the folder is made where it is missing.
     *
     * @throws StartException when another process has it, or the folder cannot be written to
     */
    static ExecRootLock acquire(Path execRoot) throws IOException {
        Path file = execRoot.resolve("lock");
        try {
            Files.createDirectories(execRoot);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return lock(channel, execRoot, file);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new StartException("cannot use " + execRoot + " for what lives while the machine runs: " + e.getFile()
                    + ": " + reason + "; choose a folder that can be written to with --exec-root");
        }
    }

    private static ExecRootLock lock(FileChannel channel, Path execRoot, Path file) throws IOException {
        try {
            if (channel.tryLock() == null) {
                String holder = Files.readString(file).strip();
                throw new StartException((holder.isEmpty() ? "another process" : "process " + holder)
                        + " already runs on " + execRoot + ": stop it, or choose another folder with --exec-root");
            }
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new ExecRootLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
