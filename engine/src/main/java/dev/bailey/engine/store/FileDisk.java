package dev.bailey.engine.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A directory of the machine's own file system. */
final class FileDisk implements Disk {
    private final Path directory;

    FileDisk(Path directory) {
        this.directory = directory;
    }

    @Override
    public Path path(String name) {
        return directory.resolve(name);
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public DiskFile create(String name) throws IOException {
        RandomAccessFile opened = new RandomAccessFile(path(name).toFile(), "rw");
        opened.setLength(0);
        return new OpenFile(opened);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path(name));
    }

    @Override
    public void syncNames() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Writes through the file itself, not its channel: a channel closes for good when a thread is interrupted while it
     * writes, and callers' threads may be.
     */
    private static final class OpenFile implements DiskFile {
        private final RandomAccessFile file;

        OpenFile(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public int write(long position, byte[] bytes, int offset, int length) throws IOException {
            file.seek(position);
            file.write(bytes, offset, length);
            return length;
        }

        /** Without metadata it is fdatasync(2), which leaves the inode alone where the size has not changed. */
        @Override
        public void sync() throws IOException {
            file.getChannel().force(false);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
