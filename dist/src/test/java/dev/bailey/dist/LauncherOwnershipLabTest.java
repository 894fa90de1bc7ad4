package dev.bailey.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.dist.FakeCheckout.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as sudo runs it: by root, in a checkout of somebody else. */
@Tag("lab")
@Timeout(600)
final class LauncherOwnershipLabTest {
    private static final String OWNER = "nobody";

    @TempDir
    Path folder;

    private FakeCheckout checkout;

    @BeforeEach
    void checkOutAsSomebodyElse() throws IOException {
        checkout = new FakeCheckout(folder, "checkout");
        checkout.jdk("usr/lib/jvm/jdk-25", "25.0.3");
        checkout.maven("id -un >>'" + folder.resolve("builders") + "'");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        UserPrincipal owner =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setOwner(file, owner);
            }
        }
    }

    @Test
    void build_byRoot_isDoneAsTheOwner() throws Exception {
        Outcome outcome = checkout.bailey("ps");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(folder.resolve("builders")).hasContent(OWNER);
    }

    @Test
    void build_byRoot_leavesNothingOfRootBehind() throws Exception {
        checkout.bailey("ps");

        try (Stream<Path> files = Files.walk(checkout.root())) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(20)
                    .allSatisfy(file -> assertThat(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
                                    .getName())
                            .as(file.toString())
                            .isEqualTo(OWNER));
        }
    }
}
