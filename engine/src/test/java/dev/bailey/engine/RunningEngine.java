package dev.bailey.engine;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.lab.LabHost;
import java.nio.file.Path;

/** An engine and an inspector on a host of a lab, with the lab's folders. */
final class RunningEngine implements AutoCloseable {
    private final Engine engine;
    private final HostInspector inspector;

    private RunningEngine(Engine engine, HostInspector inspector) {
        this.engine = engine;
        this.inspector = inspector;
    }

    static RunningEngine start(LabHost host) {
        Path folder = host.lab().directory();
        Engine engine = host.call(() -> Engine.start(EngineOptions.of(folder.resolve("data"), folder.resolve("exec"))));
        return new RunningEngine(engine, host.call(() -> HostInspector.open(engine::snapshot)));
    }

    Engine engine() {
        return engine;
    }

    HostInspector inspector() {
        return inspector;
    }

    Endpoint attach(LabHost box) {
        return engine.attach(AttachRequest.of(new SandboxTarget.Foreign(box.path(), box.name())));
    }

    @Override
    public void close() {
        inspector.close();
        engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
        engine.close();
    }
}
