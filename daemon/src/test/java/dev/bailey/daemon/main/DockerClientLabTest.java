package dev.bailey.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Docker's own client drives the daemon: its verbs find what they expect. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class DockerClientLabTest {
    private LabHost host;
    private LabDaemon daemon;

    @BeforeEach
    void start(Lab lab) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/docker")), "Docker's client is not installed");
        host = Site.build(lab).host();
        daemon = LabDaemon.start(host);
    }

    @AfterEach
    void stop() {
        assertThat(daemon.docker("ps", "-aq").output()).isEmpty();
        assertThat(daemon.stop()).isZero();
    }

    private String docker(String... words) {
        return daemon.docker(words).orThrow().output().strip();
    }

    @Test
    void run_command_hasItsOutputItsExitCodeAndItsNetwork() {
        CommandResult result = daemon.docker(
                "run", "--rm", "host", "sh", "-c", "ip -4 -o addr show eth0; ip route; echo wrong >&2; exit 3");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output()).contains("inet 172.17.0.2/16", "default via 172.17.0.1");
        assertThat(result.error()).isEqualTo("wrong\n");
    }

    @Test
    void run_input_reachesTheCommandAndEnds() {
        assertThat(daemon.dockerWithInput("hello\n", "run", "--rm", "-i", "host", "cat")
                        .orThrow()
                        .output())
                .isEqualTo("hello\n");
    }

    @Test
    void run_moreOutputThanEveryBufferHolds_arrivesWhole() {
        assertThat(docker("run", "--rm", "host", "sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' a"))
                .hasSize(3_000_000);
    }

    @Test
    void run_whatCannotBeRun_hasDockersExitCodes() {
        CommandResult noCommand = daemon.docker("run", "--rm", "host", "no-such-command");
        CommandResult noImage = daemon.docker("run", "--rm", "no-such-image", "true");
        CommandResult noMemory = daemon.docker("run", "--rm", "-m", "80m", "host", "true");

        assertThat(noCommand.exitCode()).isEqualTo(127);
        assertThat(noCommand.error()).contains("executable file not found");
        assertThat(noImage.exitCode()).isEqualTo(125);
        assertThat(noImage.error()).contains("images are not pulled here");
        assertThat(noMemory.exitCode()).isEqualTo(125);
        assertThat(noMemory.error()).contains("HostConfig.Memory is not supported");
    }

    @Test
    void ports_arePublishedAndShownAsDockerDoes() {
        docker(
                "run",
                "-d",
                "--name",
                "web",
                "-p",
                "8080:80",
                "-p",
                "127.0.0.1:8081:80",
                "-p",
                "7000-7009:7000-7009/udp",
                "host",
                "nc",
                "-lk",
                "-p",
                "80");

        assertThat(docker("port", "web", "80").lines()).containsExactlyInAnyOrder("0.0.0.0:8080", "127.0.0.1:8081");
        assertThat(docker("ps", "--format", "{{.Ports}}"))
                .contains("0.0.0.0:8080->80/tcp", "127.0.0.1:8081->80/tcp", "0.0.0.0:7000-7009->7000-7009/udp");
        assertThat(daemon.docker("run", "--rm", "-p", "8080:80", "host", "true").error())
                .contains("port is already allocated", "container web has it");
        docker("rm", "-f", "web");
    }

    @Test
    void driverOptionsOfAnEndpoint_nameItsInterfaceAndSetIt() {
        docker("network", "create", "lan");
        String name = "com.docker.network.endpoint.ifname=";
        String settings = "com.docker.network.endpoint.sysctls=net.ipv4.conf.IFNAME.log_martians=1";

        docker(
                "run",
                "-d",
                "--name",
                "web",
                "--network",
                "name=lan,driver-opt=" + name + "lan0,\"driver-opt=" + settings + "\"",
                "host",
                "sleep",
                "600");
        docker("network", "connect", "--driver-opt", name + "up0", "bridge", "web");

        assertThat(docker("exec", "web", "ls", "/sys/class/net").lines())
                .containsExactlyInAnyOrder("lan0", "lo", "up0");
        assertThat(docker("exec", "web", "cat", "/proc/sys/net/ipv4/conf/lan0/log_martians"))
                .isEqualTo("1");
        assertThat(docker("inspect", "web", "--format", "{{json .NetworkSettings.Networks.lan.DriverOpts}}"))
                .contains("\"" + name.replace("=", "") + "\":\"lan0\"", "net.ipv4.conf.IFNAME.log_martians=1");
        docker("rm", "-f", "web");
        docker("network", "rm", "lan");
    }

    @Test
    void hostname_isANameOnNetworksOfOnesOwn_andAllNamesAreShown() {
        docker("network", "create", "lan");
        docker(
                "run",
                "-d",
                "--name",
                "web",
                "--hostname",
                "Front",
                "--network",
                "lan",
                "--network-alias",
                "shop",
                "host",
                "sleep",
                "600");

        assertThat(docker("run", "--rm", "--network", "lan", "host", "getent", "hosts", "front"))
                .endsWith("front");
        String id = docker("ps", "-q");
        assertThat(docker("inspect", "web", "--format", "{{json .NetworkSettings.Networks.lan.DNSNames}}"))
                .isEqualTo("[\"web\",\"" + id + "\",\"shop\",\"front\"]");
        assertThat(docker("inspect", "web", "--format", "{{json .NetworkSettings.Networks.lan.Aliases}}"))
                .isEqualTo("[\"shop\"]");
        docker("rm", "-f", "web");
        docker("network", "rm", "lan");
    }

    @Test
    void run_withoutANetworkOrWithTheHosts_asDockersClientAsksForThem() {
        assertThat(docker("run", "--rm", "--network", "none", "host", "ls", "/sys/class/net"))
                .isEqualTo("lo");
        docker("run", "-d", "--name", "inside", "--network", "host", "host", "sleep", "600");
        assertThat(docker("exec", "inside", "readlink", "/proc/self/ns/net"))
                .isEqualTo(host.exec("readlink", "/proc/self/ns/net").output().strip());
        assertThat(docker(
                        "inspect",
                        "inside",
                        "--format",
                        "{{.HostConfig.NetworkMode}} {{range $k, $_ := .NetworkSettings.Networks}}{{$k}}{{end}}"))
                .isEqualTo("host host");
        assertThat(docker(
                        "network", "inspect", "host", "--format", "{{.Driver}} {{range .Containers}}{{.Name}}{{end}}"))
                .isEqualTo("host inside");
        assertThat(docker("ps", "-q", "--filter", "network=host")).isNotEmpty();
        docker("rm", "-f", "inside");
    }

    @Test
    void run_inTheNetworkOfAnother_asDockersClientAsksForIt() {
        String id = docker("run", "-d", "--name", "web", "host", "sleep", "600");
        assertThat(docker("run", "--rm", "--network", "container:web", "host", "ls", "/sys/class/net"))
                .isEqualTo("eth0\nlo");
        docker(
                "run",
                "-d",
                "--name",
                "beside",
                "--network",
                "container:" + id.substring(0, 12),
                "host",
                "sleep",
                "600");
        assertThat(docker(
                        "inspect",
                        "beside",
                        "--format",
                        "{{.HostConfig.NetworkMode}} {{len .NetworkSettings.Networks}}"))
                .isEqualTo("container:" + id + " 0");
        docker("rm", "-f", "beside", "web");
    }

    @Test
    void container_inTheBackground_isSeenEnteredAndEnded() {
        String id = docker("run", "-d", "--name", "web", "-l", "a=b", "host", "sh", "-c", "echo up; sleep 600");

        assertThat(docker("ps", "--filter", "label=a=b", "--format", "{{.Names}} {{.Status}} {{.Networks}}"))
                .startsWith("web Up ")
                .endsWith(" bridge");
        assertThat(docker("inspect", "web", "--format", "{{.Id}} {{.State.Status}} {{.NetworkSettings.IPAddress}}"))
                .isEqualTo(id + " running 172.17.0.2");
        assertThat(docker("network", "inspect", "bridge", "--format", "{{range .Containers}}{{.Name}} {{end}}"))
                .isEqualTo("web");
        assertThat(docker("exec", "-e", "A=b", "-w", "/tmp", "web", "sh", "-c", "echo $A; pwd"))
                .isEqualTo("b\n/tmp");
        assertThat(daemon.docker("exec", "web", "sh", "-c", "exit 5").exitCode())
                .isEqualTo(5);
        assertThat(daemon.dockerWithInput("piped", "exec", "-i", "web", "cat").output())
                .isEqualTo("piped");
        assertThat(docker("logs", "web")).isEqualTo("up");
        assertThat(docker("stop", "-t", "1", "web")).isEqualTo("web");
        assertThat(docker("ps", "-a", "--format", "{{.State}} {{.Status}}")).startsWith("exited Exited (137)");
        assertThat(docker("start", "web")).isEqualTo("web");
        assertThat(daemon.docker("rm", "web").error()).contains("container is running");
        assertThat(docker("rm", "-f", "web")).isEqualTo("web");
    }

    @Test
    void container_outlivesTheDaemon() {
        docker("run", "-d", "--name", "web", "host", "sleep", "600");
        String before = docker("inspect", "web", "--format", "{{.State.Pid}} {{.NetworkSettings.IPAddress}}");

        assertThat(daemon.stop()).isZero();
        daemon.restart();

        assertThat(docker("inspect", "web", "--format", "{{.State.Pid}} {{.NetworkSettings.IPAddress}}"))
                .isEqualTo(before);
        assertThat(docker("exec", "web", "cat", "/proc/1/comm")).isEqualTo("sleep");
        docker("rm", "-f", "web");
    }

    @Test
    void terminal_outputIsRaw() {
        assertThat(docker("run", "--rm", "-t", "host", "sh", "-c", "test -t 1 && echo terminal"))
                .isEqualTo("terminal");
    }

    @Test
    void events_ofAContainersLife_areTold() {
        docker("run", "--rm", "--name", "brief", "host", "true");

        String events = docker("events", "--since", "0", "--until", "-1s", "--format", "{{.Type}} {{.Action}}");

        assertThat(events.lines())
                .containsSubsequence(
                        "container create", "network connect", "container start", "container die", "container destroy")
                .contains("network disconnect");
    }

    @Test
    void version_info_andNetworks_areShown() {
        assertThat(docker(
                        "version",
                        "--format",
                        "{{.Server.Platform.Name}} {{.Server.APIVersion}} {{.Server.MinAPIVersion}}"))
                .isEqualTo("Bailey 1.51 1.40");
        assertThat(docker("info", "--format", "{{.Containers}} {{.OSType}} {{.IPv4Forwarding}}"))
                .isEqualTo("0 linux true");
        assertThat(docker("network", "ls", "--format", "{{.Name}} {{.Driver}} {{.Scope}}"))
                .isEqualTo("bridge bridge local\nhost host local\nnone null local");
        assertThat(docker("images", "-q")).isEmpty();
    }
}
