package dev.bailey.runtime.oci;

import dev.bailey.runtime.oci.OciSpec.Seccomp;
import dev.bailey.runtime.oci.OciSpec.SyscallArgument;
import dev.bailey.runtime.oci.OciSpec.SyscallRule;
import java.util.List;

/**
 * The system calls that no container needs and that have opened hosts before: each answers "not permitted".
 *
 * <p>A short list of what is refused, not a long one of what is allowed: a call that a newer kernel brings must not
 * break an old image. What needs a capability that containers lack is left to the kernel.
 */
final class SeccompFilter {
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    /** {@code CLONE_NEWUSER} of {@code linux/sched.h}. */
    private static final long CLONE_NEWUSER = 0x1000_0000L;

    private static final List<String> ARCHITECTURES =
            System.getProperty("os.arch").equals("aarch64")
                    ? List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM")
                    : List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32");

    static final Seccomp DEFAULT = new Seccomp(
            "SCMP_ACT_ALLOW",
            ARCHITECTURES,
            List.of(
                    refuse(
                            EPERM,
                            // The kernel's key rings are shared by all containers.
                            "add_key",
                            "keyctl",
                            "request_key",
                            // Ways into the running kernel and into other processes' memory.
                            "bpf",
                            "perf_event_open",
                            "userfaultfd",
                            "kcmp",
                            "lookup_dcookie",
                            "io_uring_setup",
                            "io_uring_enter",
                            "io_uring_register",
                            // A file by its handle is a file outside the root.
                            "open_by_handle_at",
                            "name_to_handle_at",
                            // The machine as a whole.
                            "acct",
                            "delete_module",
                            "finit_module",
                            "init_module",
                            "kexec_file_load",
                            "kexec_load",
                            "iopl",
                            "ioperm",
                            "nfsservctl",
                            "quotactl",
                            "reboot",
                            "swapon",
                            "swapoff",
                            "syslog",
                            "settimeofday",
                            "stime",
                            "clock_settime",
                            "vm86",
                            "vm86old"),
                    newUserNamespace("clone"),
                    newUserNamespace("unshare"),
                    // Its flags are in memory where no filter sees them; "no such call" makes callers fall back to
                    // clone.
                    refuse(ENOSYS, "clone3")));

    private SeccompFilter() {}

    private static SyscallRule refuse(int errno, String... names) {
        return new SyscallRule(List.of(names), "SCMP_ACT_ERRNO", errno, List.of());
    }

    private static SyscallRule newUserNamespace(String call) {
        SyscallArgument flags = new SyscallArgument(0, CLONE_NEWUSER, CLONE_NEWUSER, "SCMP_CMP_MASKED_EQ");
        return new SyscallRule(List.of(call), "SCMP_ACT_ERRNO", EPERM, List.of(flags));
    }
}
