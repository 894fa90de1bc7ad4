package dev.bailey.daemon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
    @TempDir
    Path etc;

    private Configuration read(String... arguments) {
        return new ConfigurationReader(List.of(arguments), Places.below(etc)).read();
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(etc.resolve(file).getParent());
            Files.writeString(etc.resolve(file), text);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void assertRefused(String message, String... arguments) {
        assertThatThrownBy(() -> read(arguments))
                .isInstanceOf(UsageException.class)
                .hasMessage(message.replace("ETC", etc.toString()));
    }

    @Test
    void read_noFiles_nothingIsSet() {
        assertThat(read().given()).isEmpty();
        assertThat(read().origin(Setting.MTU).place()).isEqualTo("default");
    }

    @Test
    void read_everyPlace_eachValueHasItsOrigin() {
        write("bailey/daemon.json", """
                {
                  "icc": false,
                  "dns": ["192.0.2.1",
                          "192.0.2.2"],
                  "default-address-pools": [{"base": "10.0.0.0/8", "size": 24}]
                }
                """);
        write("default/bailey", "# ours\n\nBAILEY_OPTS=\"--default-gateway 10.0.0.254 --dns-opt 'ndots:2'\" # so\n");

        Configuration configuration = read("--mtu", "1400");

        assertThat(configuration.values(Setting.ICC)).containsExactly("false");
        assertThat(configuration.values(Setting.DNS)).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(configuration.values(Setting.DEFAULT_ADDRESS_POOL)).containsExactly("base=10.0.0.0/8,size=24");
        assertThat(configuration.values(Setting.DNS_OPT)).containsExactly("ndots:2");
        assertThat(configuration.origin(Setting.ICC).place()).isEqualTo(etc + "/bailey/daemon.json:2");
        assertThat(configuration.origin(Setting.DNS).place()).isEqualTo(etc + "/bailey/daemon.json:3");
        assertThat(configuration.origin(Setting.DEFAULT_GATEWAY).place()).isEqualTo(etc + "/default/bailey:3");
        assertThat(configuration.origin(Setting.MTU).place()).isEqualTo("command line");
    }

    @Test
    void read_flagWithoutAValue_isTrue() {
        assertThat(read("--icc", "--ip-masq=false").values(Setting.ICC)).containsExactly("true");
        assertThat(read("--icc", "--ip-masq=false").values(Setting.IP_MASQ)).containsExactly("false");
    }

    @Test
    void read_configFileElsewhere_isReadInstead() {
        write("bailey/daemon.json", "{\"mtu\": 1300}");
        write("mine.json", "{\"mtu\": 1400}");

        assertThat(read("--config-file", etc + "/mine.json").values(Setting.MTU))
                .containsExactly("1400");
        assertRefused(
                "ETC/none.json does not exist: name a file that does, or leave --config-file out",
                "--config-file",
                etc + "/none.json");
        assertRefused("ETC cannot be read: it is a folder", "--config-file", etc.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"mtu\": 1400}|BAILEY_OPTS=--mtu=1300||mtu is set twice, by --mtu in ETC/default/bailey:1 and by mtu in ETC/bailey/daemon.json:1: set it in one place",
                "{\"mtu\": 1400}||--mtu 1300|mtu is set twice, by --mtu on the command line and by mtu in ETC/bailey/daemon.json:1: set it in one place",
                "|BAILEY_OPTS='--dns 192.0.2.1'|--dns 192.0.2.2|dns is set twice, by --dns on the command line and by --dns in ETC/default/bailey:1: set it in one place",
                "|BAILEY_OPTS='--config-file /a'|--config-file /b|config-file is set twice, by --config-file on the command line and by --config-file in ETC/default/bailey:1: set it in one place",
                "{\"mtu\": 1400, \"mtu\": 1400}|||mtu is set twice, in ETC/bailey/daemon.json:1 and in ETC/bailey/daemon.json:1: set it once",
                "{\"hosts\": [\"unix:///a\", \"unix:///b\"]}|||ETC/bailey/daemon.json:1: hosts is given 2 times (unix:///a, unix:///b): give it once",
                "{\"mtuu\": 1400}|||ETC/bailey/daemon.json:1: 'mtuu' is unknown: no setting has that key",
                "{\"mtu\": \"1400\"}|||ETC/bailey/daemon.json:1: mtu is written wrong: it is a number",
                "{\"bip\": 10}|||ETC/bailey/daemon.json:1: bip is written wrong: it is a text in quotes",
                "{\"bip\": null}|||ETC/bailey/daemon.json:1: bip is written wrong: it is a text in quotes",
                "{\"icc\": \"false\"}|||ETC/bailey/daemon.json:1: icc is written wrong: it is true or false",
                "{\"dns\": \"192.0.2.1\"}|||ETC/bailey/daemon.json:1: dns is written wrong: it is a list in brackets",
                "{\"dns\": [1]}|||ETC/bailey/daemon.json:1: dns is written wrong: it is a list of texts in quotes",
                "{\"dns\": []}|||ETC/bailey/daemon.json:1: dns is written wrong: it is a list of at least one: leave the key out instead",
                "{\"default-address-pools\": [1]}|||ETC/bailey/daemon.json:1: default-address-pools is written wrong: it is a list like [{\"base\": \"10.0.0.0/8\", \"size\": 24}]",
                "[]|||ETC/bailey/daemon.json:1: is not JSON: Expecting '{' as object start, instead found '['",
                "{\"mtu\" 1400}|||ETC/bailey/daemon.json:1: is not JSON: Expecting ':' after attribute name, instead found '1'",
                "{\"mtu\": 1400} x|||ETC/bailey/daemon.json:1: is not JSON: something stands behind the last '}'",
                "{\"storage-driver\": \"overlay2\"}|||ETC/bailey/daemon.json:1: storage-driver cannot be set: it belongs to Docker and has no effect here; leave it out",
                "||--ip6tables=false|--ip6tables cannot be set: the rules are what keeps containers apart, those of IPv6 as well; leave it out, or write true",
                "|BAILEY_OPTS=--userland-proxy||ETC/default/bailey:1: --userland-proxy cannot be set: no proxy is ever started; leave it out, or write false",
                "|BAILEY_OPT=--icc||ETC/default/bailey:1: BAILEY_OPT is unknown: the variable is BAILEY_OPTS",
                "|--icc||ETC/default/bailey:1: '--icc' is no assignment: the file holds lines like BAILEY_OPTS=\"--mtu 1400\"",
                "|BAILEY_OPTS=-b bridge0||ETC/default/bailey:1: BAILEY_OPTS: the value ends before 'bridge0': put quotes around all of it",
                "|BAILEY_OPTS=\"-b||ETC/default/bailey:1: BAILEY_OPTS: a quote \" is opened and not closed",
                "|BAILEY_OPTS=\"$X --icc\"||ETC/default/bailey:1: BAILEY_OPTS: '$' is not expanded here: write what it stands for",
                "|BAILEY_OPTS=--icc\\||ETC/default/bailey:1: BAILEY_OPTS: it ends with a backslash: a value stands in one line",
                "|BAILEY_OPTS=--wrong||ETC/default/bailey:1: unknown option --wrong; bailey daemon --help lists the options",
                "|BAILEY_OPTS=word||ETC/default/bailey:1: 'word' is no option of the daemon; bailey daemon --help lists the options",
                "|BAILEY_OPTS=--mtu||ETC/default/bailey:1: --mtu needs a value: BYTES",
                "|BAILEY_OPTS=--help||ETC/default/bailey:1: --help has no effect here: write it on the command line",
                "||-b bridge0 --bip 10.0.0.1/24|--bip on the command line has no effect beside --bridge on the command line: a bridge of your own has its address already; leave one of them out",
                "{\"bip\": \"10.0.0.1/24\"}|BAILEY_OPTS=-b=bridge0||bip in ETC/bailey/daemon.json:1 has no effect beside --bridge in ETC/default/bailey:1: a bridge of your own has its address already; leave one of them out",
                "{\"icc\": false}||-b none|icc in ETC/bailey/daemon.json:1 has no effect beside --bridge on the command line: there is no default network; leave one of them out",
                "||--bip 10.0.0.1/24 --default-address-pool base=10.0.0.0/8,size=24|--default-address-pool on the command line has no effect beside --bip on the command line: the default network's subnet is that of the address; leave one of them out",
                "||--fixed-cidr 10.0.0.0/24 --default-address-pool base=10.0.0.0/8,size=24|--default-address-pool on the command line has no effect beside --fixed-cidr on the command line: the default network's subnet is that of the range; leave one of them out",
                "||--config-file /a --config-file /b|--config-file is given 2 times (/a, /b): give it once",
                "||--import-docker-config|--import-docker-config has no effect: there is neither ETC/docker/daemon.json nor ETC/default/docker"
            })
    void read_badInput_saysWhatWhereAndWhatWouldBeRight(String json, String defaults, String words, String message) {
        if (json != null) {
            write("bailey/daemon.json", json);
        }
        if (defaults != null) {
            write("default/bailey", defaults + "\n");
        }

        assertRefused(message, words == null ? new String[0] : words.split(" "));
    }

    @Test
    void read_optionsTwiceInOneFile_namesBothLines() {
        write("default/bailey", "BAILEY_OPTS=--icc\nBAILEY_OPTS=--icc\n");

        assertRefused("BAILEY_OPTS is set twice, in ETC/default/bailey:1 and in ETC/default/bailey:2: set it once");
    }

    @Test
    void read_whatHoldsAnyway_isAccepted() {
        write(
                "bailey/daemon.json",
                "{\"userland-proxy\": false, \"iptables\": true, \"ip6tables\": true, \"live-restore\": true}");

        assertThat(read().given()).isEmpty();
    }

    @Test
    void read_dockersConfiguration_isTakenOverAsFarAsItIsAboutTheNetwork() {
        write("docker/daemon.json", """
                {
                  "data-root": "/srv/docker",
                  "log-driver": "journald",
                  "log-opts": {"max-size": "10m"},
                  "mtu": 1400
                }
                """);
        write(
                "default/docker",
                "if x; then\nexport DOCKER_OPTS=\"-b=bridge0 --storage-driver overlay2 --dns 192.0.2.1 --tls\"\nfi\n");

        Configuration configuration = read("--import-docker-config");

        assertThat(configuration.values(Setting.MTU)).containsExactly("1400");
        assertThat(configuration.values(Setting.BRIDGE)).containsExactly("bridge0");
        assertThat(configuration.values(Setting.DNS)).containsExactly("192.0.2.1");
        assertThat(configuration.values(Setting.DATA_ROOT)).isEmpty();
        assertThat(configuration.origin(Setting.BRIDGE).place()).isEqualTo(etc + "/default/docker:2");
        assertThat(configuration.passedOver())
                .containsExactlyInAnyOrder(
                        "data-root in " + etc + "/docker/daemon.json",
                        "log-driver in " + etc + "/docker/daemon.json",
                        "log-opts in " + etc + "/docker/daemon.json",
                        "--storage-driver in " + etc + "/default/docker:2",
                        "--tls in " + etc + "/default/docker:2");
        assertThat(read().given()).isEmpty();
    }

    @Test
    void read_dockersNetworkSettingThatCannotHold_isRefused() {
        write("docker/daemon.json", "{\n\"userland-proxy\": true}");
        assertRefused(
                "ETC/docker/daemon.json:2: userland-proxy cannot be set: no proxy is ever started; leave it out, or write"
                        + " false",
                "--import-docker-config");

        write("docker/daemon.json", "{\"unheard-of\": 1}");
        assertRefused(
                "ETC/docker/daemon.json:1: 'unheard-of' is unknown: no setting has that key", "--import-docker-config");
    }

    @Test
    void read_importAskedForInTheFile_isDone() {
        write("bailey/daemon.json", "{\"import-docker-config\": true}");
        write("docker/daemon.json", "{\"mtu\": 1400}");

        assertThat(read().values(Setting.MTU)).containsExactly("1400");
        assertRefused(
                "mtu is set twice, by --mtu on the command line and by mtu in ETC/docker/daemon.json:1: set it in one"
                        + " place",
                "--mtu",
                "1300");
    }

    @Test
    void report_showsValuesAndOrigins() {
        write("bailey/daemon.json", "{\"dns\": [\"192.0.2.1\", \"192.0.2.2\"]}");

        String table = ConfigurationReport.table(ConfigurationReport.of(read("--mtu", "1400")));

        assertThat(table.lines().map(line -> line.replaceAll(" {3,}", "|")))
                .hasSize(Setting.values().length + 1)
                .startsWith("SETTING|VALUE|ORIGIN")
                .contains(
                        "dns|192.0.2.1, 192.0.2.2|" + etc + "/bailey/daemon.json:1",
                        "mtu|1400|command line",
                        "icc|true|default");
    }

    @Test
    void help_namesEverySettingWithItsKey() {
        assertThat(ConfigurationReader.help()).contains("-H, --host unix://PATH", "-b, --bridge NAME", "[dns-opts]");
        for (Setting setting : Setting.values()) {
            assertThat(ConfigurationReader.help()).contains("--" + setting.flag(), "[" + setting.key() + "]");
        }
    }

    @Test
    void wantsJson_withoutValidation_isRefused() {
        assertThatThrownBy(() -> new ConfigurationReader(List.of("--format", "json"), Places.below(etc)).wantsJson())
                .hasMessage("--format has no effect without --validate: leave it out");
        assertThatThrownBy(() -> new ConfigurationReader(List.of("--validate", "--format", "xml"), Places.below(etc))
                        .wantsJson())
                .hasMessage("--format: 'xml' is unknown: write table or json");
        assertThat(new ConfigurationReader(List.of("--validate", "--format", "json"), Places.below(etc)).wantsJson())
                .isTrue();
    }
}
