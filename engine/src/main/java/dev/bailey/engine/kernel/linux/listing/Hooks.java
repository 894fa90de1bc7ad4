package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.engine.view.ChainHook;
import dev.bailey.netlink.nftables.Hook;

/** Hooks in the engine's words; pure. */
public final class Hooks {
    private Hooks() {}

    /** Returns where a chain of nf_tables is hooked in. */
    public static ChainHook of(Hook hook) {
        return new ChainHook(
                hook.type().keyword(),
                hook.point().keyword(),
                hook.priority(),
                hook.policy().keyword(),
                hook.device().orElse(""));
    }
}
