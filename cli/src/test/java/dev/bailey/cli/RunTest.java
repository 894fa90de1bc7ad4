package dev.bailey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bailey run} against a daemon that knows its lines. */
final class RunTest extends ClientTest {
    private static final String CREATE = "POST /v1.51/containers/create";
    private static final String ATTACH = "POST /v1.51/containers/" + ID + "/attach?stream=1&stdin=%d&stdout=1&stderr=1";
    private static final String START = "POST /v1.51/containers/" + ID + "/start";

    private void onRun(String body, int exitCode) {
        daemon.onJson(CREATE, 201, "{\"Id\":\"" + ID + "\",\"Warnings\":[]}");
        daemon.on(ATTACH.formatted(0), UPGRADED + body);
        daemon.onJson(
                "POST /v1.51/containers/" + ID + "/wait?condition=next-exit", 200, "{\"StatusCode\":" + exitCode + "}");
        daemon.on(START, DONE);
    }

    @Test
    void run_attached_passesStreamsAndExitCodeOn() {
        onRun("\1\0\0\0\0\0\0\4out\n\2\0\0\0\0\0\0\4err\n", 42);

        assertThat(bailey("run", "host", "sh", "-c", "exit 42")).isEqualTo(42);
        assertThat(out()).isEqualTo("out\n");
        assertThat(err()).isEqualTo("err\n");
        assertThat(daemon.requests().stream().filter(line -> line.startsWith("POST")))
                .containsExactly(
                        CREATE,
                        ATTACH.formatted(0),
                        "POST /v1.51/containers/" + ID + "/wait?condition=next-exit",
                        START);
    }

    @Test
    void run_manyOptions_becomeTheRequest() throws IOException {
        Path file = Files.writeString(folder.resolve("env"), "# comment\n\nFILE=1\nFROM_SHELL\nABSENT\n");
        daemon.onJson(CREATE + "?name=web", 201, "{\"Id\":\"" + ID + "\",\"Warnings\":[\"odd\"]}");
        daemon.on(START, DONE);

        int code = bailey(
                "run",
                "-d",
                "-t",
                "--name",
                "web",
                "-h",
                "box",
                "-eA=b",
                "--env-file",
                file.toString(),
                "-w",
                "/w",
                "-v",
                "/a:/b:ro",
                "-u",
                "1:2",
                "--entrypoint",
                "/bin/x",
                "-l",
                "k=v=w",
                "--ip",
                "172.17.0.9",
                "--dns",
                "9.9.9.9",
                "--dns-search",
                "lan",
                "--dns-option",
                "ndots:1",
                "--add-host",
                "a:1.2.3.4",
                "--rm",
                "/images/x",
                "ls",
                "-l");

        assertThat(code).isZero();
        assertThat(out()).isEqualTo(ID + "\n");
        assertThat(err()).isEqualTo("bailey: warning: odd\n");
        assertThat(daemon.requests().get(1))
                .isEqualTo("{\"Hostname\":\"box\",\"Domainname\":\"\",\"User\":\"1:2\",\"AttachStdin\":false,"
                        + "\"AttachStdout\":false,\"AttachStderr\":false,\"Tty\":true,\"OpenStdin\":false,"
                        + "\"StdinOnce\":false,\"Env\":[\"FILE=1\",\"FROM_SHELL=1\",\"A=b\"],\"Cmd\":[\"ls\",\"-l\"],"
                        + "\"Image\":\"/images/x\",\"WorkingDir\":\"/w\",\"Entrypoint\":[\"/bin/x\"],"
                        + "\"Labels\":{\"k\":\"v=w\"},\"StopSignal\":\"\",\"HostConfig\":{\"Binds\":[\"/a:/b:ro\"],"
                        + "\"NetworkMode\":\"default\",\"AutoRemove\":true,\"Dns\":[\"9.9.9.9\"],"
                        + "\"DnsOptions\":[\"ndots:1\"],\"DnsSearch\":[\"lan\"],\"ExtraHosts\":[\"a:1.2.3.4\"],"
                        + "\"PublishAllPorts\":false},"
                        + "\"NetworkingConfig\":{\"EndpointsConfig\":{\"default\":{\"IPAMConfig\":"
                        + "{\"IPv4Address\":\"172.17.0.9\"},\"Aliases\":[],\"MacAddress\":\"\",\"NetworkID\":\"\","
                        + "\"EndpointID\":\"\",\"Gateway\":\"\",\"IPAddress\":\"\",\"IPPrefixLen\":0,"
                        + "\"IPv6Gateway\":\"\",\"GlobalIPv6Address\":\"\",\"GlobalIPv6PrefixLen\":0,"
                        + "\"DNSNames\":[],\"GwPriority\":0}}},"
                        + "\"ExposedPorts\":{}}");
    }

    @Test
    void run_relativeImage_startsAtThisFolder() {
        onRun("", 0);

        assertThat(bailey("run", "./rootfs")).isZero();
        assertThat(daemon.requests().get(1))
                .contains("\"Image\":\"" + Path.of("rootfs").toAbsolutePath() + "\"");
    }

    @Test
    void run_input_isSentWithItsEnd() {
        typed = "typed text";
        CompletableFuture<String> received = new CompletableFuture<>();
        onRun("", 0);
        daemon.on(ATTACH.formatted(1), (in, out) -> {
            out.write(UPGRADED.getBytes(ISO_8859_1));
            received.complete(new String(in.readAllBytes(), UTF_8));
            out.write("\1\0\0\0\0\0\0\5after".getBytes(ISO_8859_1));
        });

        assertThat(bailey("run", "-i", "host", "cat")).isZero();
        assertThat(received.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("typed text");
        assertThat(out()).isEqualTo("after");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | exec: \"nope\": executable file not found in $PATH | 127",
                "400 | exec: \"/x\": stat /x: no such file or directory | 127",
                "400 | exec: \"/etc\": permission denied | 126",
                "500 | no address is free | 125",
                "404 | no such file or directory: /images/x | 125",
            })
    void run_startFails_tellsWhyByItsCode(int status, String message, int code) {
        onRun("", 0);
        daemon.onJson(START, status, "{\"message\":\"" + message.replace("\"", "\\\"") + "\"}");

        assertThat(bailey("run", "host", "x")).isEqualTo(code);
        assertThat(err()).isEqualTo("bailey: " + message + "\n");
    }

    @Test
    void run_startFailsWithRm_removesTheContainer() {
        onRun("", 0);
        daemon.onJson("POST /v1.51/containers/" + ID + "/wait?condition=removed", 200, "{\"StatusCode\":0}");
        daemon.onJson(START, 500, "{\"message\":\"no address is free\"}");

        assertThat(bailey("run", "--rm", "host", "x")).isEqualTo(125);
        assertThat(daemon.requests()).endsWith("DELETE /v1.51/containers/" + ID + "?force=true");
    }

    @Test
    void run_daemonDies_saysThatTheContainerMayLive() {
        onRun("", 0);
        daemon.on(
                "POST /v1.51/containers/" + ID + "/wait?condition=next-exit",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

        assertThat(bailey("run", "host", "x")).isEqualTo(125);
        assertThat(err()).isEqualTo("bailey: the daemon went away; container " + ID + " may still run\n");
    }
}
