package dev.bailey.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionTableTest {
    private static final Option[] KNOWN = {
        Option.flag('i', "interactive", "x"),
        Option.flag('t', "tty", "x"),
        Option.flag("rm", "x"),
        Option.value('e', "env", "NAME=VALUE", "x"),
        Option.value("ip", "ADDRESS", "x"),
        Option.value("name", "NAME", "x")
    };
    private static final OptionTable FIRST = OptionTable.first("run", KNOWN);
    private static final OptionTable ANYWHERE = OptionTable.anywhere("ps", KNOWN);

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "--name x, name, x",
        "--name=x, name, x",
        "--name=, name, ''",
        "--name=a=b, name, a=b",
        "-e A=b, env, A=b",
        "-eA=b, env, A=b",
        "-e=A=b, env, A=b",
        "-ite A=b, env, A=b",
        "-iteA=b, env, A=b",
        "--name -x, name, -x",
        "--rm, rm, true",
        "--rm=false, rm, false",
        "-i=0, interactive, false",
        "-it, tty, true",
    })
    void parse_oneOption_hasItsValue(String line, String option, String value) {
        assertThat(FIRST.parse(words(line)).value(option)).hasValue(value);
        assertThat(FIRST.parse(words(line)).operands()).isEmpty();
    }

    @Test
    void parse_shortCluster_isNotALongOption() {
        assertThatThrownBy(() -> FIRST.parse(List.of("-ip", "80:80")))
                .hasMessage("run: unknown option -p in -ip; see 'bailey run --help'");
    }

    @Test
    void parse_optionsFirst_leavesTheCommandsOwnOptions() {
        ParsedOptions given = FIRST.parse(words("--rm host ls --rm=what -x"));

        assertThat(given.operands()).containsExactly("host", "ls", "--rm=what", "-x");
        assertThat(given.flag("rm")).isTrue();
    }

    @Test
    void parse_anywhere_takesOptionsAfterOperands() {
        ParsedOptions given = ANYWHERE.parse(words("a --rm b -- --name"));

        assertThat(given.operands()).containsExactly("a", "b", "--name");
        assertThat(given.flag("rm")).isTrue();
    }

    @Test
    void parse_repeated_keepsAllAndTheLastCounts() {
        ParsedOptions given = FIRST.parse(words("-e A=1 --env B=2 --name x --name y"));

        assertThat(given.all("env")).containsExactly("A=1", "B=2");
        assertThat(given.value("name")).hasValue("y");
    }

    @Test
    void parse_dashAlone_isAnOperand() {
        assertThat(ANYWHERE.parse(List.of("-")).operands()).containsExactly("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nope | run: unknown option --nope; see 'bailey run --help'",
                "--nope=1 | run: unknown option --nope; see 'bailey run --help'",
                "--nam x | run: unknown option --nam; see 'bailey run --help'",
                "-x | run: unknown option -x; see 'bailey run --help'",
                "-ix host | run: unknown option -x in -ix; see 'bailey run --help'",
                "--name | run: --name needs a value; see 'bailey run --help'",
                "-e | run: -e needs a value; see 'bailey run --help'",
                "-ite | run: -e needs a value; see 'bailey run --help'",
                "--rm=maybe | run: --rm=maybe: a switch takes true or false; see 'bailey run --help'",
                "-i=2 | run: -i=2: a switch takes true or false; see 'bailey run --help'",
                "-name x | run: unknown option -n in -name; see 'bailey run --help'",
            })
    void parse_badArguments_saysWhatAndWhere(String line, String message) {
        assertThatThrownBy(() -> FIRST.parse(words(line)))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
