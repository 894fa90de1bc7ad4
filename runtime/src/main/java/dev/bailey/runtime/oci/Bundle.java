package dev.bailey.runtime.oci;

import dev.bailey.runtime.Bind;
import dev.bailey.runtime.oci.OciSpec.Linux;
import dev.bailey.runtime.oci.OciSpec.Mount;
import dev.bailey.runtime.oci.OciSpec.Namespace;
import dev.bailey.runtime.oci.OciSpec.Resources;
import dev.bailey.runtime.oci.OciSpec.Root;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything about one container that its {@code config.json} depends on; pure.
 *
 * @param root the mounted root file system
 * @param hostname the name in the UTS namespace
 * @param user who the process runs as
 * @param arguments the program and its arguments
 * @param environment the whole environment
 * @param workingDirectory the absolute path inside
 * @param tty whether the process gets a terminal
 * @param networkNamespace the file that the sandbox's namespace is bound to; without one, the process stays in that of whoever
 *     starts it
 * @param ownNetwork whether that namespace is this container's alone, so that its settings are made with it
 * @param cgroup the cgroup, absolute below the root of each hierarchy
 * @param extraMounts file systems that the kind of root wants besides the usual ones
 * @param files host files that stand for generated files inside
 * @param binds host paths made visible inside
 * @param hidden absolute paths inside that nobody may see
 */
public record Bundle(
        Path root,
        String hostname,
        OciUser user,
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        boolean tty,
        Optional<Path> networkNamespace,
        boolean ownNetwork,
        String cgroup,
        List<Mount> extraMounts,
        List<Bind> files,
        List<Bind> binds,
        List<String> hidden) {
    /** Copies the lists. */
    public Bundle {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        extraMounts = List.copyOf(extraMounts);
        files = List.copyOf(files);
        binds = List.copyOf(binds);
        hidden = List.copyOf(hidden);
    }

    /** The bundle's {@code config.json}. */
    public OciSpec spec() {
        return new OciSpec(
                OciSpec.VERSION,
                process(user, arguments, environment, workingDirectory, tty),
                new Root(root.toString(), false),
                hostname,
                mounts(),
                linux());
    }

    /**
     * A process with the usual rights of a container's.
     *
     * @param user who it runs as
     * @param arguments the program and its arguments
     * @param environment the whole environment
     * @param workingDirectory the absolute path inside
     * @param tty whether it gets a terminal
     */
    public static OciProcess process(
            OciUser user, List<String> arguments, List<String> environment, String workingDirectory, boolean tty) {
        return new OciProcess(
                tty,
                user,
                arguments,
                environment,
                workingDirectory,
                Defaults.capabilities(user),
                Defaults.RLIMITS,
                false,
                0);
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>(Defaults.MOUNTS);
        mounts.addAll(extraMounts);
        // A bind below another one's destination must come after it, or it would be covered.
        Stream.concat(files.stream(), binds.stream())
                .sorted(Comparator.comparing(
                        bind -> bind.destination().chars().filter(c -> c == '/').count()))
                .map(Bundle::mount)
                .forEach(mounts::add);
        // An operator's bind over a generated file or a usual mount replaces it.
        List<String> taken = binds.stream().map(Bind::destination).toList();
        mounts.removeIf(mount -> taken.contains(mount.destination())
                && binds.stream().map(Bundle::mount).noneMatch(mount::equals));
        return mounts;
    }

    private static Mount mount(Bind bind) {
        List<String> options =
                bind.readOnly() ? List.of("rbind", "rprivate", "ro", "rro") : List.of("rbind", "rprivate", "rw");
        return new Mount(bind.destination(), "bind", bind.source(), options);
    }

    private List<Namespace> namespaces() {
        List<Namespace> namespaces = new ArrayList<>();
        namespaces.add(new Namespace("pid", null));
        networkNamespace.ifPresent(file -> namespaces.add(new Namespace("network", file.toString())));
        for (String type : List.of("ipc", "uts", "mount", "cgroup")) {
            namespaces.add(new Namespace(type, null));
        }
        return namespaces;
    }

    private Linux linux() {
        return new Linux(
                namespaces(),
                cgroup,
                new Resources(Defaults.DEVICES),
                Stream.concat(Defaults.MASKED_PATHS.stream(), hidden.stream()).toList(),
                Defaults.READ_ONLY_PATHS,
                // In the network of somebody else they would be the other one's settings.
                ownNetwork ? Defaults.SYSCTL : Map.of(),
                SeccompFilter.DEFAULT);
    }
}
