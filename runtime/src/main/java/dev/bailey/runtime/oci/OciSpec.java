package dev.bailey.runtime.oci;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code config.json} of a bundle, as far as Bailey fills it.
 *
 * <p>Names and nesting are those of the OCI runtime specification, version 1.0.2, {@code config.md} and
 * {@code config-linux.md}.
 *
 * @param ociVersion the version of the specification
 * @param process the first process
 * @param root the root file system
 * @param hostname the name in the UTS namespace
 * @param mounts what is mounted into the root, in order
 * @param linux what only Linux has
 */
@Json
public record OciSpec(
        String ociVersion, OciProcess process, Root root, String hostname, List<Mount> mounts, Linux linux) {
    /** The version of the specification that Bailey writes. */
    public static final String VERSION = "1.0.2";

    /**
     * The root file system.
     *
     * @param path its mounted folder on the host
     * @param readonly whether it is mounted read-only
     */
    @Json
    public record Root(String path, boolean readonly) {}

    /**
     * One mount.
     *
     * @param destination the absolute path inside
     * @param type the file system's name, or {@code bind}
     * @param source the device, or the host path of a bind
     * @param options as for mount(8), with the specification's additions
     */
    @Json
    public record Mount(String destination, String type, String source, List<String> options) {}

    /**
     * What only Linux has.
     *
     * @param namespaces the namespaces to make or to join
     * @param cgroupsPath the cgroup, absolute below the root of each hierarchy
     * @param resources the limits of that cgroup
     * @param maskedPaths paths made unreadable
     * @param readonlyPaths paths made read-only
     * @param sysctl kernel parameters of the container's namespaces
     * @param seccomp system calls that are refused
     */
    @Json
    public record Linux(
            List<Namespace> namespaces,
            String cgroupsPath,
            Resources resources,
            List<String> maskedPaths,
            List<String> readonlyPaths,
            Map<String, String> sysctl,
            @Nullable Seccomp seccomp) {}

    /**
     * A namespace.
     *
     * @param type such as {@code network}
     * @param path the namespace to join; a new one is made without it
     */
    @Json
    public record Namespace(String type, @Nullable String path) {}

    /**
     * The limits of a cgroup.
     *
     * @param devices which device nodes may be used, in order, the last match wins
     */
    @Json
    public record Resources(List<DeviceRule> devices) {}

    /**
     * Who may use which device nodes.
     *
     * @param allow or deny
     * @param type {@code c}, {@code b} or {@code a} for all
     * @param major the driver; any when absent
     * @param minor the device; any when absent
     * @param access of {@code r}, {@code w} and {@code m} (mknod)
     */
    @Json
    public record DeviceRule(
            boolean allow,
            String type,
            @Nullable Long major,
            @Nullable Long minor,
            String access) {}

    /**
     * A filter of system calls.
     *
     * @param defaultAction for calls that no rule names
     * @param architectures whose calls are judged, such as {@code SCMP_ARCH_X86_64}
     * @param syscalls the rules
     */
    @Json
    public record Seccomp(String defaultAction, List<String> architectures, List<SyscallRule> syscalls) {}

    /**
     * What becomes of some system calls.
     *
     * @param names of the calls; those that the kernel does not know are skipped
     * @param action such as {@code SCMP_ACT_ERRNO}
     * @param errnoRet the error for {@code SCMP_ACT_ERRNO}
     * @param args what the arguments must be for the rule to hold; any when empty
     */
    @Json
    public record SyscallRule(List<String> names, String action, int errnoRet, List<SyscallArgument> args) {}

    /**
     * What an argument of a system call must be.
     *
     * @param index of the argument, from 0
     * @param value the mask
     * @param valueTwo what the masked argument equals
     * @param op the comparison, such as {@code SCMP_CMP_MASKED_EQ}
     */
    @Json
    public record SyscallArgument(int index, long value, long valueTwo, String op) {}
}
