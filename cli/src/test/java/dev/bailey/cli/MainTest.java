package dev.bailey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.cli.verb.Help;
import dev.bailey.cli.verb.Verbs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every verb does with its words and the daemon's answers; {@link RunTest} has the longest one. */
final class MainTest extends ClientTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nope | no verb nope; 'bailey --help' lists what there is",
                "network | no verb network; 'bailey --help' lists what there is",
                "network nope | no verb network nope; 'bailey --help' lists what there is",
                "--nope | unknown option --nope; see 'bailey --help'",
                "-H tcp://1.2.3.4 ps | -H tcp://1.2.3.4: a daemon's address is unix:// and an absolute path",
                "-H run/x.sock ps | -H run/x.sock: a daemon's address is unix:// and an absolute path",
                "ps --nope | ps: unknown option --nope; see 'bailey ps --help'",
                "ps a | ps: unexpected a; see 'bailey ps --help'",
                "ps --format xml | ps: --format xml: table or json would be right; see 'bailey ps --help'",
                "run | run: an image is needed: a folder, an archive, a loaded image, or host; see 'bailey run --help'",
                "run -e =x host | run: -e =x: NAME=VALUE with a name without blanks would be right; see 'bailey run --help'",
                "run --env-file /nonexistent host | run: --env-file /nonexistent: no readable UTF-8 text; see 'bailey run --help'",
                "run -v /data host | run: -v /data: a host path, a colon and a path inside would be right; see 'bailey run --help'",
                "run -l =x host | run: --label =x: a label needs a name before =; see 'bailey run --help'",
                "exec a | exec: a container and a command are needed; see 'bailey exec --help'",
                "logs | logs: exactly one container is needed, not 0; see 'bailey logs --help'",
                "logs a b | logs: exactly one container is needed, not 2; see 'bailey logs --help'",
                "stop | stop: at least one container is needed; see 'bailey stop --help'",
                "stop -t soon a | stop: --time soon: a whole number of seconds would be right; see 'bailey stop --help'",
                "rm | rm: at least one container is needed; see 'bailey rm --help'",
                "attach | attach: exactly one network namespace is needed, not 0; see 'bailey attach --help'",
                "detach a b | detach: exactly one network namespace, name or endpoint is needed, not 2; see 'bailey detach --help'",
            })
    void run_badArguments_isOneLineAndCode125(String line, String message) {
        assertThat(bailey(line.split(" "))).isEqualTo(125);
        assertThat(err()).isEqualTo("bailey: " + message + "\n");
        assertThat(out()).isEmpty();
        assertThat(daemon.requests()).isEmpty();
    }

    @Test
    void run_noDaemon_saysHowToStartOne() throws IOException {
        daemon.close();
        Files.delete(daemon.socket());

        assertThat(bailey("ps")).isEqualTo(1);
        assertThat(err())
                .isEqualTo("bailey: no daemon answers at " + daemon.socket() + "; start one: sudo bailey daemon\n");
    }

    @Test
    void help_ofEveryVerb_isPrinted() {
        assertThat(bailey("--help")).isZero();
        assertThat(out()).isEqualTo(Help.overview());
        for (String name : Verbs.NAMES) {
            out.reset();
            assertThat(bailey((name + " --help").split(" "))).isZero();
            assertThat(out()).startsWith("Usage: bailey " + name + " ").contains("--help");
        }
    }

    private static String container(String name, long created, String command) {
        return """
                {"Id":"%s","Names":["/%s"],"Image":"host","ImageID":"host","Command":"%s","Created":%d,
                "Ports":[{"PrivatePort":80,"Type":"tcp"},{"IP":"0.0.0.0","PrivatePort":53,"PublicPort":5353,"Type":"udp"}],
                "Labels":{"b":"2","a":"1"},"State":"running","Status":"Up 2 days",
                "HostConfig":{"NetworkMode":"default"},"Mounts":[],
                "NetworkSettings":{"Networks":{"bridge":{}}},"SomethingNew":[1,{}]}""".formatted(ID, name, command, created);
    }

    @Test
    void ps_containers_areATable() {
        long created = System.currentTimeMillis() / 1000 - 3 * 24 * 3600;
        daemon.onJson(
                "GET /v1.51/containers/json?all=true",
                200,
                "[" + container("web", created, "sh -c 'sleep 1000'") + "]");

        assertThat(bailey("ps", "-a")).isZero();
        assertThat(out()).isEqualTo("""
                        CONTAINER ID   IMAGE     COMMAND                CREATED      STATUS      PORTS                          NAMES
                        0123456789ab   host      "sh -c 'sleep 1000'"   3 days ago   Up 2 days   80/tcp, 0.0.0.0:5353->53/udp   web
                        """);
    }

    @Test
    void ps_json_isOneObjectALineWithDockersNames() {
        daemon.onJson("GET /v1.51/containers/json?all=false", 200, "[" + container("a", 0, "x") + "]");

        assertThat(bailey("ps", "--no-trunc", "--format", "json")).isZero();
        assertThat(out())
                .startsWith("{\"Command\":\"\\\"x\\\"\",\"CreatedAt\":\"1970-01-01T00:00:00Z\",\"ID\":\"" + ID
                        + "\",\"Image\":\"host\",\"Labels\":\"a=1,b=2\",\"Names\":\"a\",\"Networks\":\"bridge\"")
                .endsWith("\"State\":\"running\",\"Status\":\"Up 2 days\"}\n");
    }

    @Test
    void ps_quiet_isShortIds() {
        daemon.onJson("GET /v1.51/containers/json?all=false", 200, "[" + container("a", 0, "x") + "]");

        assertThat(bailey("ps", "-q")).isZero();
        assertThat(out()).isEqualTo("0123456789ab\n");
    }

    @Test
    void ps_answerThatIsNoJson_isOneLine() {
        daemon.onJson("GET /v1.51/containers/json?all=false", 200, "<html>");

        assertThat(bailey("ps")).isEqualTo(1);
        assertThat(err())
                .startsWith("bailey: the daemon's answer is not understood: ")
                .hasLineCount(1);
    }

    @Test
    void ps_errorWithoutMessage_tellsTheStatus() {
        daemon.onJson("GET /v1.51/containers/json?all=false", 500, "oops");

        assertThat(bailey("ps")).isEqualTo(1);
        assertThat(err()).isEqualTo("bailey: the daemon answered with HTTP status 500\n");
    }

    @Test
    void rm_oneMissing_goesOnAndFails() {
        daemon.onJson("DELETE /v1.51/containers/a?force=true", 404, "{\"message\":\"no such container: a\"}");
        daemon.on("DELETE /v1.51/containers/b?force=true", DONE);

        assertThat(bailey("rm", "-f", "a", "b")).isEqualTo(1);
        assertThat(out()).isEqualTo("b\n");
        assertThat(err()).isEqualTo("bailey: no such container: a\n");
    }

    @Test
    void inspect_networkName_fallsThrough() {
        daemon.onJson("GET /v1.51/networks/bridge", 200, "{\"Name\":\"bridge\",\"Odd\":1.50}");

        assertThat(bailey("inspect", "bridge", "nothing")).isEqualTo(1);
        assertThat(out()).isEqualTo("""
                [
                    {
                        "Name": "bridge",
                        "Odd": 1.50
                    }
                ]
                """);
        assertThat(err()).isEqualTo("bailey: no such object: nothing\n");
    }

    @Test
    void exec_command_passesExitCodeOn() {
        daemon.onJson("POST /v1.51/containers/a/exec", 201, "{\"Id\":\"" + ID + "\"}");
        daemon.on("POST /v1.51/exec/" + ID + "/start", UPGRADED + "\1\0\0\0\0\0\0\2hi");
        daemon.onJson(
                "GET /v1.51/exec/" + ID + "/json", 200, "{\"ID\":\"" + ID + "\",\"Running\":false,\"ExitCode\":7}");

        assertThat(bailey("exec", "-e", "A=b", "a", "ls", "-l")).isEqualTo(7);
        assertThat(out()).isEqualTo("hi");
        assertThat(daemon.requests().get(1)).contains("\"Cmd\":[\"ls\",\"-l\"]").contains("\"Env\":[\"A=b\"]");
    }

    @Test
    void logs_withoutTerminal_areTakenApart() {
        daemon.onJson("GET /v1.51/containers/a/json", 200, "{\"Id\":\"" + ID + "\",\"Config\":{\"Tty\":false}}");
        daemon.on(
                "GET /v1.51/containers/a/logs?stdout=1&stderr=1&follow=1&timestamps=1&tail=5",
                "HTTP/1.1 200 OK\r\n\r\n\2\0\0\0\0\0\0\2e\n");

        assertThat(bailey("logs", "-ft", "--tail", "5", "a")).isZero();
        assertThat(err()).isEqualTo("e\n");
    }

    @Test
    void attach_namedNamespace_isFoundUnderRunNetns() {
        daemon.onJson(
                "POST /bailey/attach",
                200,
                "{\"endpoint\":\"" + ID + "\",\"sandbox\":\"" + ID + "\",\"name\":\"blue\",\"network\":\"bridge\","
                        + "\"interface\":\"eth0\",\"address\":\"172.17.0.2/16\",\"gateway\":\"172.17.0.1\","
                        + "\"mac\":\"02:42:ac:11:00:02\",\"mtu\":1500,\"hostEnd\":\"by0123456789a\"}");

        assertThat(bailey("attach", "--ip", "172.17.0.2", "blue")).isZero();
        assertThat(daemon.requests().get(1)).isEqualTo("{\"netns\":\"/run/netns/blue\",\"ip\":\"172.17.0.2\"}");
        assertThat(out()).isEqualTo("""
                        ENDPOINT ID    NAME      NETWORK   INTERFACE   ADDRESS         GATEWAY      HOST END
                        0123456789ab   blue      bridge    eth0        172.17.0.2/16   172.17.0.1   by0123456789a
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "/x/../run/netns/a, '{\"netns\":\"/run/netns/a\"}'",
        "0123456789ab, '{\"endpoint\":\"0123456789ab\"}'",
        "no-such-namespace, '{\"name\":\"no-such-namespace\"}'",
    })
    void detach_anyName_isTheRightKind(String what, String body) {
        daemon.on("POST /bailey/detach", DONE);

        assertThat(bailey("detach", what)).isZero();
        assertThat(daemon.requests()).containsExactly("POST /bailey/detach", body);
    }

    @Test
    void load_archive_isSentAndErrorsOfItsProgressCount() throws IOException {
        Path archive = Files.writeString(folder.resolve("x.tar"), "not a tar");
        daemon.on("POST /v1.51/images/load", (in, out) -> {
            String answer = "{\"stream\":\"Loaded image: a:1\\n\"}\r\n{\"error\":\"no manifest\"}\r\n";
            in.readNBytes("9\r\nnot a tar\r\n0\r\n\r\n".length());
            out.write(("HTTP/1.1 200 OK\r\n\r\n" + answer).getBytes(ISO_8859_1));
        });

        assertThat(bailey("load", "-i", archive.toString())).isEqualTo(1);
        assertThat(out()).isEqualTo("Loaded image: a:1\n");
        assertThat(err()).isEqualTo("bailey: no manifest\n");
    }

    @Test
    void load_missingFile_isOneLine() {
        assertThat(bailey("load", "-i", "/nonexistent.tar")).isEqualTo(1);
        assertThat(err()).isEqualTo("bailey: /nonexistent.tar: no such file\n");
    }

    @Test
    void events_lines_arePrintedForPeople() {
        String event = "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"" + ID
                + "\",\"Attributes\":{\"name\":\"a\",\"image\":\"host\"}},\"scope\":\"local\",\"time\":1,"
                + "\"timeNano\":1000000005}\n";
        daemon.on("GET /v1.51/events", "HTTP/1.1 200 OK\r\n\r\n" + event);

        assertThat(bailey("events")).isZero();
        assertThat(out()).isEqualTo("1970-01-01T00:00:01.000000005Z container start " + ID + " (image=host, name=a)\n");
    }
}
