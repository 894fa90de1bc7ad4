package dev.bailey.dist.endtoend;

import dev.bailey.lab.LabHost;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A root file system with some programs of this machine and the libraries that they need. */
final class SmallRoot {
    private static final String MAKE = """
            set -e
            mkdir -p root/bin root/srv root/tmp root/etc root/dev root/proc root/sys
            for name in "$@"; do
              cp -L "$(command -v $name)" root/bin/
              ldd "$(command -v $name)" | grep -o '/[^ ]*' | while read -r library; do
                mkdir -p "root${library%/*}"
                cp -L "$library" "root$library"
              done
            done
            tar -C root -cf base.tar .
            rm -r root
            """;

    private SmallRoot() {}

    /** Packs it into {@code base.tar} in a folder. */
    static Path tar(LabHost host, Path folder, String... programs) {
        host.command(Stream.concat(Stream.of("sh", "-c", MAKE, "sh"), Stream.of(programs))
                        .toArray(String[]::new))
                .directory(folder)
                .run();
        return folder.resolve("base.tar");
    }
}
