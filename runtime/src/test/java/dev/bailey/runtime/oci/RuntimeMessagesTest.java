package dev.bailey.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeMessagesTest {
    @Test
    void reason_ofRunc_isUnescaped() {
        String output = "time=\"2026-11-24T09:26:03Z\" level=warning msg=\"old\"\n"
                + "time=\"2026-11-24T09:26:03Z\" level=error msg=\"exec failed: unable to start container process: exec:"
                + " \\\"nonexist\\\": executable file not found in $PATH\"\n";
        assertThat(RuntimeMessages.reason(output))
                .isEqualTo(
                        "exec failed: unable to start container process: exec: \"nonexist\": executable file not found in $PATH");
    }

    @Test
    void reason_ofCrun_losesItsTime() {
        assertThat(RuntimeMessages.reason(
                        "2026-11-24T09:26:03.123Z: executable file `x` not found: No such file or directory\n"))
                .isEqualTo("executable file `x` not found: No such file or directory");
    }

    @Test
    void reason_ofSilence_saysSo() {
        assertThat(RuntimeMessages.reason(" \n")).isEqualTo("no reason given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec: \"x\": executable file not found in $PATH|127",
                "exec: \"/x\": stat /x: no such file or directory|127",
                "exec: \"/x\": permission denied|126",
                "exec: \"/\": is a directory|126",
                "exec /x: exec format error|126",
                "something else|128"
            })
    void exitCode_ofMessages_isDockers(String message, int exitCode) {
        assertThat(RuntimeMessages.exitCode(message)).isEqualTo(exitCode);
    }
}
