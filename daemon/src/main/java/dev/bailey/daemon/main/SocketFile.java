package dev.bailey.daemon.main;

import dev.bailey.daemon.http.HttpServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Objects;

/**
 * The file under which clients find the daemon's socket. It appears with its final rights, in place of what a daemon
 * that died left behind, and goes when this object is closed.
 */
final class SocketFile implements AutoCloseable {
    /** Members of this group may use the daemon; it is as good as root. */
    static final String GROUP = "bailey";

    /** A socket's path has at most 107 bytes (sun_path of linux/un.h, less the NUL), 16 of which {@link #open} needs. */
    private static final int MAX_PATH_BYTES = 107 - 16;

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private final Path path;
    private final Object key;

    private SocketFile(Path path, Object key) {
        this.path = path;
        this.key = key;
    }

    /**
     * Checks that a socket can have this path.
     *
     * @throws IllegalArgumentException when it is too long
     */
    static void checkLength(Path path) {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH_BYTES) {
            throw new IllegalArgumentException("'" + path + "' has " + length
                    + " bytes, too many for a socket: at most " + MAX_PATH_BYTES + " would do");
        }
    }

    /**
     * Makes sure that nobody serves this path.
     *
     * @throws StartException when somebody does, or something else than a socket is there
     */
    static void checkFree(Path path) throws IOException {
        int mode;
        try {
            mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return;
        }
        if ((mode & FILE_TYPE) != SOCKET) {
            throw new StartException(path + " is in the way: it is no socket; remove it or choose another with -H");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return;
        }
        throw new StartException("a daemon serves " + path + " already: stop it or choose another socket with -H");
    }

    /**
     * Lets the server listen under this path. The socket is bound in a folder that only root can enter and moved into
     * its place when its rights are set: there is no moment in which others could connect.
     */
    static SocketFile open(Path path, HttpServer server) throws IOException {
        Path folder = Objects.requireNonNull(path.getParent(), "a socket in no folder");
        Files.createDirectories(folder);
        Path hidden = folder.resolve(".bailey-" + ProcessHandle.current().pid() % 1_000_000);
        Files.deleteIfExists(hidden.resolve("s"));
        Files.deleteIfExists(hidden);
        Files.createDirectory(
                hidden, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path socket = hidden.resolve("s");
        try {
            server.listen(socket);
            restrict(socket);
            Files.move(socket, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(hidden);
        }
        return new SocketFile(path, key(path));
    }

    private static void restrict(Path socket) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(socket, PosixFileAttributeView.class);
        view.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
        try {
            GroupPrincipal group =
                    socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
            view.setGroup(group);
        } catch (UserPrincipalNotFoundException e) {
            // Without the group the socket is root's alone, as its own group is root's.
            return;
        }
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** Removes the file, unless another daemon has put its own there meanwhile. */
    @Override
    public void close() throws IOException {
        try {
            if (key(path).equals(key)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // Somebody was faster.
            return;
        }
    }
}
