package dev.bailey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bailey.cli.terminal.StandardStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the launcher runs once so that the JVM learns which classes the client loads: common verbs against
 * a stand-in for the daemon inside this process, which knows one answer for each request.
 */
final class Training {
    private static final String ID = "0123456789ab".repeat(6).substring(0, 64);

    /** The end of a request's path to the answer; the first that fits counts. */
    private static final List<Map.Entry<String, String>> ANSWERS = List.of(
            Map.entry("/containers/json", """
                    [{"Id":"%s","Names":["/a"],"Image":"host","ImageID":"host","Command":"sh -c 'true; true; true'",
                    "Created":1700000000,"Ports":[{"PrivatePort":80,"Type":"tcp"}],"Labels":{"a":"b"},"State":"running",
                    "Status":"Up 2 days","HostConfig":{"NetworkMode":"default"},"Mounts":[],
                    "NetworkSettings":{"Networks":{"bridge":{"IPAddress":"172.17.0.2","IPPrefixLen":16}}}}]""".formatted(ID)),
            Map.entry("/bailey/nat", """
                    [{"family":"inet","name":"bailey","backend":"nftables","chains":[{"chain":{"name":"postrouting",
                    "type":"nat","hook":"postrouting","priority":100,"policy":"accept"},"references":0,
                    "rules":[{"packets":1,"bytes":60,"target":"MASQUERADE"}]}]}]"""),
            Map.entry("/bailey/bridges", """
                    [{"name":"bailey0","addresses":["172.17.0.1/16"],"ports":[{"name":"veth1","container":"a"}]}]"""),
            Map.entry("/bailey/tables", """
                    [{"family":"inet","name":"bailey","backend":"nftables","owner":"bailey","dormant":false,
                    "chains":[{"name":"forward","type":"filter","hook":"forward","priority":0,"policy":"accept"}]}]"""),
            Map.entry("/containers/create", "{\"Id\":\"" + ID + "\",\"Warnings\":[]}"),
            Map.entry("/a/json", "{\"Id\":\"" + ID + "\",\"Config\":{\"Tty\":false,\"Env\":[\"A=b\"]}}"),
            Map.entry("/wait", "{\"StatusCode\":0}"),
            Map.entry("/a/exec", "{\"Id\":\"" + ID + "\"}"),
            Map.entry("/exec/" + ID + "/json", "{\"ID\":\"" + ID + "\",\"Running\":false,\"ExitCode\":0}"),
            Map.entry("/missing", "{\"message\":\"no such container: missing\"}"),
            Map.entry(
                    "/bailey/attach",
                    "{\"endpoint\":\"" + ID + "\",\"name\":\"a\",\"address\":\"172.17.0.2/16\",\"mtu\":1500}"));

    private static final List<String> COMMANDS = List.of(
            "ps",
            "ps -a --format json",
            "run host true",
            "run -d --name a -e A=b -v /a:/a --ip 172.17.0.9 host true",
            "exec a true",
            "logs a",
            "stop a",
            "rm -f a missing",
            "inspect a",
            "nat",
            "bridges",
            "tables",
            "attach /proc/self/ns/net",
            "detach a",
            "ps --wrong");

    private Training() {}

    /** Runs the commands; the JVM's options say where what it learns goes. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("bailey-training");
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().daemon().start(() -> serve(server));
            StandardStreams nowhere = new StandardStreams(
                    InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.put("BAILEY_HOST", "unix://" + socket);
            for (String command : COMMANDS) {
                new Main(nowhere, environment, "").run(List.of(command.split(" ")));
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static void serve(ServerSocketChannel server) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(64 * 1024);
                client.read(request);
                String head = ISO_8859_1.decode(request.flip()).toString();
                client.write(ByteBuffer.wrap(answer(head).getBytes(US_ASCII)));
            } catch (IOException e) {
                // A client that only knocked, or the end of the training.
                continue;
            }
        }
    }

    private static String answer(String head) {
        int space = head.indexOf(' ');
        String path = space < 0 ? "" : head.substring(space + 1).split("[ ?]", 2)[0];
        if (head.contains("Upgrade: tcp")) {
            return "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n\1\0\0\0\0\0\0\2a\n";
        }
        if (path.endsWith("/logs")) {
            return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n\1\0\0\0\0\0\0\2a\n\r\n0\r\n\r\n";
        }
        String status = path.endsWith("/missing") ? "404 Not Found" : "200 OK";
        return ANSWERS.stream()
                .filter(known -> path.endsWith(known.getKey()))
                .findFirst()
                .map(known -> "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(status, known.getValue().length(), known.getValue()))
                .orElse("HTTP/1.1 204 No Content\r\n\r\n");
    }
}
