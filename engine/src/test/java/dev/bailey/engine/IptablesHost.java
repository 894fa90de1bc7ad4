package dev.bailey.engine;

import dev.bailey.engine.kernel.linux.LinuxKernel;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.store.StateStore;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A host on which engines run one after the other, with the iptables that the test chooses. */
final class IptablesHost implements AutoCloseable {
    private static final Path SBIN = Path.of("/usr/sbin");
    private static final int REAPERS = 8;

    final LabHost host;
    private final Path folder;
    private final Path programs;
    Engine engine;

    IptablesHost(LabHost host, Path folder, FirewallBackend backend, String variant) throws IOException {
        keepReapersOutside();
        this.host = host;
        this.folder = folder;
        this.programs = Files.createDirectories(folder.resolve("programs"));
        choose(variant);
        this.engine = start(backend);
    }

    /** As {@code update-alternatives --set iptables} does. */
    void choose(String variant) throws IOException {
        for (String family : List.of("iptables", "ip6tables")) {
            for (String verb : List.of("-save", "-restore")) {
                replace(family + verb, "exec " + SBIN.resolve(family + "-" + variant + verb) + " \"$@\"\n");
            }
        }
    }

    /** Puts a script in the place of a program. */
    void replace(String program, String script) throws IOException {
        Path path = Files.writeString(programs.resolve(program), "#!/bin/sh\n" + script);
        if (!path.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + path + " executable");
        }
    }

    /**
     * The JVM keeps a thread for each process it has started, for a minute, in the namespace of whoever started it; so that
     * none is made inside the lab's, some are made here that will be used again.
     */
    static void keepReapersOutside() throws IOException {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < REAPERS; i++) {
            processes.add(new ProcessBuilder("sleep", "0.2").start());
        }
        processes.forEach(
                process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    Engine start(FirewallBackend backend) {
        EngineOptions options =
                EngineOptions.of(folder.resolve("data"), folder.resolve("exec")).withFirewallBackend(backend);
        return start(options, List.of(programs, SBIN));
    }

    /** An engine that finds no program of iptables anywhere. */
    Engine startWithoutPrograms() {
        EngineOptions options = EngineOptions.of(folder.resolve("other-data"), folder.resolve("other-exec"))
                .withFirewallBackend(FirewallBackend.IPTABLES);
        return start(options, List.of(folder));
    }

    private Engine start(EngineOptions options, List<Path> folders) {
        return host.call(() -> Engine.start(options, LinuxKernel.open(folders), StateStore.open(options.dataRoot())));
    }

    void restart(FirewallBackend backend) {
        engine.close();
        engine = start(backend);
    }

    /** A sandbox on the default network. */
    LabHost sandbox(String name) {
        LabHost sandbox = host.lab().host(name);
        engine.attach(AttachRequest.of(new SandboxTarget.Foreign(sandbox.path(), name)));
        return sandbox;
    }

    String address(String sandbox) {
        return endpoint(sandbox).ipv4().orElseThrow().address().address().toString();
    }

    Endpoint endpoint(String sandbox) {
        return engine.snapshot()
                .endpointsOf(
                        engine.snapshot().sandboxNamed(sandbox).orElseThrow().id())
                .iterator()
                .next();
    }

    String print(String... command) {
        return host.exec(command).output();
    }

    /** All rules of every kind on the host, without times and counters. */
    String allRules() {
        return String.join(
                "\n", print("nft", "list", "ruleset"), saved("iptables-legacy-save"), saved("ip6tables-legacy-save"));
    }

    /** What a program saves, without times and counters. */
    String saved(String program) {
        return print(program)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("\\[\\d+:\\d+\\]", "[0:0]"))
                .reduce("", (text, line) -> text + line + "\n");
    }

    @Override
    public void close() {
        engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
        engine.close();
    }

    static Lab wire(LabHost host, LabHost internet) {
        Lab lab = host.lab();
        lab.link(host, "up0", "198.51.100.2/24", internet, "h0", "198.51.100.1/24");
        host.route("default", "198.51.100.1");
        internet.route("172.17.0.0/16", "198.51.100.2");
        return lab;
    }
}
