package dev.bailey.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.dist.FakeCheckout.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class LauncherTest {
    private static final String NO_JDK =
            "bailey: no JDK 25 or newer in JAVA_HOME, PATH, /usr/lib/jvm, /opt or ~/.sdkman; "
                    + "install one: apt-get install openjdk-25-jdk-headless\n";

    @TempDir
    Path folder;

    private FakeCheckout checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = new FakeCheckout(folder, "it's a checkout");
    }

    private Path usualJdk() throws IOException {
        checkout.maven("");
        return checkout.jdk("usr/lib/jvm/jdk-25", "25.0.3");
    }

    private Outcome succeed(String... arguments) throws Exception {
        Outcome outcome = checkout.bailey(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    @Test
    void firstUse_builds_trainsAndRuns() throws Exception {
        Path jdk = usualJdk();

        Outcome outcome = succeed("ps", "a b", "it's", "$HOME", "");

        assertThat(outcome.err())
                .isEqualTo("bailey: building in " + checkout.root()
                        + " (on first use and after a change; a minute or two)\n");
        assertThat(outcome.out())
                .startsWith("JAVA:" + jdk + "/bin/java:[-XX:+UseSerialGC]")
                .contains("[-Dbailey.launcher=" + checkout.root() + "/bailey]")
                .contains("[-cp][" + checkout.root() + "/dist/target/lib/bailey-cli-1.jar:" + checkout.root()
                        + "/dist/target/lib/x-2.jar]")
                .endsWith("[-XX:AOTCache=" + checkout.root()
                        + "/dist/target/cli.aot][dev.bailey.cli.Main][ps][a b][it's][$HOME][]\n");
        assertThat(checkout.builds()).hasSize(1).first().asString().startsWith("JAVA_HOME=" + jdk + " -B -ntp -f ");
    }

    @Test
    void secondUse_nothingChanged_onlyRuns() throws Exception {
        usualJdk();
        String first = succeed("ps").out();

        Outcome second = succeed("ps");

        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first);
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void daemon_isTheOtherMainClass() throws Exception {
        usualJdk();

        assertThat(succeed("daemon", "--mtu", "1400").out())
                .contains("[--enable-native-access=ALL-UNNAMED]")
                .endsWith("[dev.bailey.daemon.main.Main][--mtu][1400]\n");
    }

    @Test
    void configCheck_isTheDaemonsBusiness_configIsTheClients() throws Exception {
        usualJdk();

        assertThat(succeed("config", "check", "--mtu", "1400").out())
                .endsWith("[dev.bailey.daemon.main.Main][--validate][--mtu][1400]\n");
        assertThat(succeed("config").out()).endsWith("[dev.bailey.cli.Main][config]\n");
    }

    @Test
    void change_ofAnySource_buildsAgain() throws Exception {
        usualJdk();
        succeed("ps");

        checkout.write("cli/src/main/java/A.java", "changed");
        succeed("ps");
        assertThat(checkout.builds()).hasSize(2);

        checkout.write("daemon/src/main/java/B.java", "new");
        succeed("ps");
        assertThat(checkout.builds()).hasSize(3);

        Files.delete(checkout.root().resolve("daemon/src/main/java/B.java"));
        succeed("ps");
        assertThat(checkout.builds()).hasSize(4);

        checkout.write("pom.xml", "changed");
        succeed("ps");
        assertThat(checkout.builds()).hasSize(5);

        checkout.write("cli/src/test/java/T.java", "a test is no part of the build");
        succeed("ps");
        assertThat(checkout.builds()).hasSize(5);
    }

    @Test
    void build_fails_showsErrorsAndTriesAgain() throws Exception {
        usualJdk();
        checkout.maven("echo '[INFO] noise'; echo '[ERROR] A.java:[1,2] wrong'; exit 1");

        Outcome outcome = checkout.bailey("ps");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("[ERROR] A.java:[1,2] wrong\n")
                .endsWith("bailey: the build failed; all of its output is in " + checkout.root()
                        + "/dist/target/build.log\n")
                .doesNotContain("noise");

        checkout.maven("");
        succeed("ps");
        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void build_sourceChangesMeanwhile_buildsAgain() throws Exception {
        usualJdk();
        checkout.maven("sleep 0.05; touch '" + folder + "/it'\\''s a checkout/cli/src/main/java/A.java'");
        succeed("ps");
        checkout.maven("");

        succeed("ps");
        succeed("ps");

        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void twoAtOnce_buildOnce() throws Exception {
        usualJdk();
        checkout.maven("sleep 0.5");
        Process first = checkout.start(checkout.root().resolve("bailey"), "ps");
        Outcome second = succeed("ps");

        assertThat(first.waitFor(240, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isZero();
        assertThat(second.out()).contains("[dev.bailey.cli.Main][ps]");
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void training_fails_runsWithoutCacheAndDoesNotRepeat() throws Exception {
        Path jdk = usualJdk();
        FakeCheckout.script(
                jdk.resolve("bin/java"),
                "case $* in *AOTCacheOutput*) echo run >>'" + folder
                        + "/trainings'; exit 1 ;; esac; printf '[%s]' \"$@\"");

        assertThat(succeed("ps").out()).doesNotContain("AOTCache").endsWith("[dev.bailey.cli.Main][ps]");
        int trainings = Files.readAllLines(folder.resolve("trainings")).size();
        assertThat(succeed("ps").out()).doesNotContain("AOTCache");
        assertThat(Files.readAllLines(folder.resolve("trainings"))).hasSize(trainings);
    }

    @Test
    void symbolicLink_findsTheCheckout() throws Exception {
        usualJdk();
        Path link =
                Files.createSymbolicLink(folder.resolve("link"), checkout.root().resolve("bailey"));

        Outcome outcome = checkout.run(link, "ps");

        assertThat(outcome.out()).contains("[-Dbailey.launcher=" + checkout.root() + "/bailey]");
    }

    @Test
    void jdk_olderOrBroken_isPassedOver() throws Exception {
        checkout.maven("");
        Path old = checkout.jdk("usr/lib/jvm/a-jdk-17", "17.0.15");
        Path runtimeOnly = checkout.jdk("usr/lib/jvm/b-jre-25", "25.0.1");
        Files.delete(runtimeOnly.resolve("bin/javac"));
        Path nameless = checkout.jdk("usr/lib/jvm/c-jdk", "25");
        Files.delete(nameless.resolve("release"));
        Path early = checkout.jdk("opt/jdk", "26-ea");
        checkout.set("JAVA_HOME", old.toString());

        assertThat(succeed("ps").out()).startsWith("JAVA:" + early + "/bin/java:");
    }

    @Test
    void jdk_ofSdkman_isFound() throws Exception {
        checkout.maven("");
        Path jdk = checkout.jdk("home/.sdkman/candidates/java/25.0.3-tem", "25.0.3");

        assertThat(succeed("ps").out()).startsWith("JAVA:" + jdk + "/bin/java:");
    }

    @Test
    void jdk_onPath_winsOverTheUsualFolders() throws Exception {
        usualJdk();
        Path jdk = checkout.jdk("elsewhere/jdk", "25.0.9");
        Files.createSymbolicLink(folder.resolve("tools/javac"), jdk.resolve("bin/javac"));

        assertThat(succeed("ps").out()).startsWith("JAVA:" + jdk + "/bin/java:");
    }

    @Test
    void jdk_namedLater_runsWithoutTheOthersCache() throws Exception {
        usualJdk();
        succeed("ps");
        Path other = checkout.jdk("elsewhere/jdk", "26.0.1");
        checkout.set("JAVA_HOME", other.toString());

        assertThat(succeed("ps").out())
                .startsWith("JAVA:" + other + "/bin/java:")
                .doesNotContain("AOTCache");
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void jdk_replacedInPlace_trainsAgainWithoutBuild() throws Exception {
        usualJdk();
        succeed("ps");
        Path cache = checkout.root().resolve("dist/target/cli.aot");
        Files.writeString(cache, "of the old one");
        checkout.jdk("usr/lib/jvm/jdk-25", "25.0.4");

        succeed("ps");

        assertThat(cache).hasContent("cache");
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void noJdk_saysWhatToInstall() throws Exception {
        checkout.maven("");

        Outcome outcome = checkout.bailey("ps");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().replace(folder.toString(), "")).isEqualTo(NO_JDK);
        assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void noMaven_saysWhatToInstall() throws Exception {
        checkout.jdk("usr/lib/jvm/jdk-25", "25");

        Outcome outcome = checkout.bailey("ps");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("bailey: mvn is missing; install it: apt-get install maven\n");
    }

    @Test
    void test_unknownPart_saysWhatIsRight() throws Exception {
        Outcome outcome = checkout.bailey("test", "everything");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(
                        "bailey: test everything: unit, lab, package, simulate, sequences, or nothing for the first two"
                                + " would be right\n");
    }

    @Test
    void test_unit_runsMavenAndPassesItsFailureOn() throws Exception {
        usualJdk();
        checkout.maven("exit 3");

        Outcome outcome = checkout.bailey("test", "unit", "-Dtest=X");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(checkout.builds())
                .isEqualTo(List.of("JAVA_HOME=" + folder + "/usr/lib/jvm/jdk-25 -B -ntp -f " + checkout.root()
                        + "/pom.xml verify -Dtest=X"));
    }
}
