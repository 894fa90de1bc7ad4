package dev.bailey.demo;

import dev.bailey.demo.Step.Chapter;
import dev.bailey.demo.Step.Happens;
import dev.bailey.demo.Step.Typed;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The story: a host gets its first container, a second way out, and a bridge of the operator's own. */
final class Story {
    private static final String START = """
            bailey daemon >/run/daemon.log 2>&1 & echo $! >/run/daemon.pid
            for turn in $(seq 600); do
              grep -q ' serves ' /run/daemon.log && break
              kill -0 $(cat /run/daemon.pid) || break
              sleep 0.1
            done
            cut -d ' ' -f 2- /run/daemon.log
            grep -q ' serves ' /run/daemon.log
            """;
    private static final String STOP = """
            before=$(wc -l </run/daemon.log)
            kill $(cat /run/daemon.pid)
            for turn in $(seq 600); do kill -0 $(cat /run/daemon.pid) 2>/dev/null || break; sleep 0.1; done
            tail -n +$((before + 1)) /run/daemon.log | cut -d ' ' -f 2-
            """;
    private static final String ASK =
            "bailey exec web bash -c 'cat < /dev/tcp/" + Stage.ADDRESS + "/" + Stage.PORT + "'";

    /** What is no program of the machine: the shell's own words, and the launcher. */
    private static final Set<String> SHELL = Set.of("bailey", "echo");

    private Story() {}

    static List<Step> steps() {
        return Stream.of(start(), container(), secondCard(), breakage(), ownBridge(), restart())
                .flatMap(List::stream)
                .toList();
    }

    /** A host gets its bridge and its rules. */
    private static List<Step> start() {
        return List.of(
                new Chapter("The daemon starts", """
                        It makes a bridge, `bailey0`, with the first address of the first pool that is free on this \
                        host, switches forwarding on, and writes its rules: one table of its own."""),
                new Typed("bailey daemon &", START, ""),
                typed("ip -4 addr show bailey0"),
                typed("ip route"),
                typed("cat /proc/sys/net/ipv4/ip_forward"),
                new Chapter("The NAT table", """
                        What containers send out leaves with the address of the host. `bailey nat` prints the kernel's \
                        own rules in the notation of `iptables -t nat -nvL`, and `bailey tables` which table has a \
                        chain at which point of a packet's way."""),
                typed("bailey nat"),
                typed("bailey tables"),
                typed("nft list chain inet bailey postrouting"));
    }

    /** A container gets its address and finds its way out. */
    private static List<Step> container() {
        return List.of(
                new Chapter("A container", """
                        `host` is this machine's own root file system, copy on write. The container gets an unused \
                        address of the bridge's subnet on its `eth0`, and the bridge as its default gateway."""),
                typed("bailey run -d --name web host sleep 1000"),
                typed("bailey exec web ip addr show eth0"),
                typed("bailey exec web ip route"),
                typed("bailey ps"),
                new Chapter("The way out", """
                        A server in the lab's internet answers each client with the address that it sees. It sees the \
                        host's `eth0`, not the container."""),
                new Typed(
                        "bailey exec web getent hosts " + Stage.NAME,
                        "bailey exec web getent hosts " + Stage.NAME,
                        "dnsmasq"),
                typed(ASK),
                new Happens("The internet's own log of clients:", Stage::clients),
                typed("bailey flows --once | grep -w tcp"),
                new Chapter("The bridge and its ports", """
                        One host end for each container. `bailey bridges` is `brctl show` with the containers' names."""),
                typed("bailey run -d --name db host sleep 1000"),
                typed("brctl show bailey0"),
                typed("bailey bridges"));
    }

    /** A second way out is taken without a rule added. */
    private static List<Step> secondCard() {
        return List.of(
                new Chapter("A second network card", """
                        `eth1` is plugged in and gets the default route. Nothing is told to Bailey, and no rule is \
                        added: what routes out of `eth1` leaves with the address of `eth1`."""),
                new Happens("A card is plugged in: `eth1`, with the address 203.0.113.2/24.", stage -> {
                    stage.plugSecondCard();
                    return "";
                }),
                typed("ip route replace default via 203.0.113.1 dev eth1"),
                typed("bailey uplinks"),
                typed(ASK),
                new Happens("The internet's own log of clients:", Stage::clients),
                typed("ip route replace default via 198.51.100.1 dev eth0"));
    }

    /** What others break is repaired. */
    private static List<Step> breakage() {
        return List.of(
                new Chapter("What others break", """
                        The daemon hears of it from the kernel and puts it back within milliseconds, and each repair is \
                        an event. The rules themselves cannot be taken away: the kernel lets nobody but their owner \
                        change them."""),
                typed("echo 0 > /proc/sys/net/ipv4/ip_forward; sleep 1"),
                typed("ip link del bailey0; sleep 1"),
                typed("nft flush ruleset; sleep 1"),
                typed("bailey events --since 10s --until 0s | grep repair | cut -d ' ' -f 2-"),
                typed("nft list tables"),
                typed("bailey bridges"),
                typed(ASK));
    }

    /** A bridge of the operator's own, and back. */
    private static List<Step> ownBridge() {
        return List.of(
                new Chapter("A bridge of the operator's own", """
                        An option in `/etc/default/bailey` takes effect however the daemon is started. Who has a \
                        container on `bailey0` keeps it there; what comes now lands on `bridge0`."""),
                new Typed("kill %1", STOP, ""),
                typed(Stage.isInstalled("brctl") ? "brctl addbr bridge0" : "ip link add bridge0 type bridge"),
                typed("ip addr add 10.100.1.0/24 dev bridge0"),
                typed("ip link set dev bridge0 up"),
                typed("echo 'BAILEY_OPTS=\"-b=bridge0\"' >> /etc/default/bailey"),
                new Typed("bailey daemon &", START, ""),
                typed("bailey config"),
                typed("bailey run -d --name own host sleep 1000"),
                typed("bailey exec own ip addr show eth0"),
                typed("bailey exec own ip route"),
                typed("bailey bridges"),
                new Chapter("And back", """
                        The daemon never removes a bridge that it did not make. `web` and `db` never moved."""),
                typed("bailey rm -f own"),
                typed("sed -i '/BAILEY_OPTS/d' /etc/default/bailey"),
                new Typed("kill %1", STOP, ""),
                new Typed("bailey daemon &", START, ""),
                typed("ip -br link show bridge0"),
                typed("ip link del bridge0"),
                typed("bailey bridges"));
    }

    /** The daemon is not needed for what it has made. */
    private static List<Step> restart() {
        return List.of(
                new Chapter("The daemon goes and comes", "Containers and their connections do not need it."),
                new Typed("kill %1", STOP, ""),
                typed("ip -br link show master bailey0"),
                new Typed("bailey daemon &", START, ""),
                typed("bailey ps"),
                new Chapter("The end", "The containers are removed, and the daemon stops."),
                typed("bailey rm -f web db"),
                typed("bailey bridges"),
                new Typed("kill %1", STOP, ""));
    }

    private static Typed typed(String line) {
        String program = line.split(" ", 2)[0];
        return new Typed(line, line, SHELL.contains(program) ? "" : program);
    }
}
