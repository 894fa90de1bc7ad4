package dev.bailey.cli.verb;

import java.util.List;
import java.util.Optional;

/** All verbs. Finding one loads the class of no other, for the start-up time. */
public final class Verbs {
    private Verbs() {}

    /** The names in the order of help. */
    public static final List<String> NAMES = List.of(
            "run",
            "ps",
            "exec",
            "logs",
            "start",
            "stop",
            "kill",
            "rm",
            "inspect",
            "port",
            "port add",
            "port rm",
            "attach",
            "detach",
            "images",
            "load",
            "network create",
            "network ls",
            "network inspect",
            "network connect",
            "network disconnect",
            "network rm",
            "network prune",
            "nat",
            "bridges",
            "tables",
            "uplinks",
            "flows",
            "dns",
            "doctor",
            "config",
            "events",
            "version",
            "info");

    /** Returns the verb with a name; empty if there is none. */
    public static Optional<Verb> named(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "run" -> new Run();
                    case "ps" -> new Ps();
                    case "exec" -> new Exec();
                    case "logs" -> new Logs();
                    case "start" -> new Start();
                    case "stop" -> new Stop();
                    case "kill" -> new Kill();
                    case "rm" -> new Rm();
                    case "inspect" -> new Inspect();
                    case "port" -> new Port();
                    case "port add" -> PortChange.add();
                    case "port rm" -> PortChange.remove();
                    case "attach" -> new Attach();
                    case "detach" -> new Detach();
                    case "images" -> new Images();
                    case "load" -> new Load();
                    case "network create" -> new NetworkCreate();
                    case "network connect" -> new NetworkConnect();
                    case "network disconnect" -> new NetworkDisconnect();
                    case "network rm" -> new NetworkRm();
                    case "network prune" -> new NetworkPrune();
                    case "network ls" -> new NetworkLs();
                    case "network inspect" -> new NetworkInspect();
                    case "nat" -> new Nat();
                    case "bridges" -> new Bridges();
                    case "tables" -> new Tables();
                    case "uplinks" -> new Uplinks();
                    case "flows" -> new Flows();
                    case "dns" -> new Dns();
                    case "doctor" -> new Doctor();
                    case "config" -> new Config();
                    case "events" -> new Events();
                    case "version" -> new Version();
                    case "info" -> new Info();
                    default -> null;
                });
    }
}
