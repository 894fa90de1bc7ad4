package dev.bailey.engine.dns;

import dev.bailey.engine.model.SandboxId;
import java.util.concurrent.CompletableFuture;

/** The resolvers inside sandboxes, as the engine tells them of a change. */
@FunctionalInterface
public interface SandboxResolvers {
    /** No resolver anywhere. */
    SandboxResolvers NONE = sandbox -> CompletableFuture.completedFuture(null);

    /**
     * Opens or closes the resolver of a sandbox, as the engine's snapshot now wants it. Any thread; it does not wait, and calls
     * take effect in their order.
     *
     * @return complete when the resolver serves, or when nothing of it is left in the sandbox's namespace; it never fails: a
     *     sandbox without names is still on its networks, and the log says why
     */
    CompletableFuture<Void> follow(SandboxId sandbox);
}
