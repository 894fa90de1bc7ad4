package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.netlink.NetlinkException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What the kernel's refusals mean to the engine. */
final class Refusals {
    private static final Map<Errno, Reason> REASONS = Map.of(
            Errno.EEXIST, Reason.EXISTS,
            Errno.EBUSY, Reason.EXISTS,
            Errno.ENODEV, Reason.ABSENT,
            Errno.ENOENT, Reason.ABSENT,
            Errno.EXFULL, Reason.FULL,
            Errno.ENOSPC, Reason.FULL,
            Errno.EOPNOTSUPP, Reason.UNSUPPORTED,
            Errno.EPROTONOSUPPORT, Reason.UNSUPPORTED,
            Errno.EPERM, Reason.UNSUPPORTED);

    /** What would be right, where the kernel's own words do not say it. */
    private static final Map<Errno, String> HINTS = Map.of(
            Errno.EXFULL, "; a bridge takes 1023 ports",
            Errno.EPROTONOSUPPORT, "; this kernel has no netfilter: modprobe nfnetlink, or boot one that has it",
            Errno.EOPNOTSUPP, "; a part of the kernel is missing: load its module, or boot one that has it");

    private Refusals() {}

    static KernelException translated(IOException refusal) {
        String hint = errno(refusal).map(errno -> HINTS.getOrDefault(errno, "")).orElse("");
        return new KernelException(reason(refusal), refusal.getMessage() + hint, refusal);
    }

    static Reason reason(IOException refusal) {
        return errno(refusal)
                .map(errno -> REASONS.getOrDefault(errno, Reason.OTHER))
                .orElse(Reason.OTHER);
    }

    static Optional<Errno> errno(IOException refusal) {
        return switch (refusal) {
            case NetlinkException netlink -> Optional.of(netlink.errno());
            case LinuxException linux -> Optional.of(linux.errno());
            default -> Optional.empty();
        };
    }
}
