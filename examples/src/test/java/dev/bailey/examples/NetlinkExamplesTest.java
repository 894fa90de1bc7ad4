package dev.bailey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.junit.LabExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LabExtension.class)
class NetlinkExamplesTest {
    private static final String[] NO_ARGUMENTS = {};

    @Test
    void listLinks_anyMachine_printsTheLoopbackInterface() throws IOException {
        String output = outputOf(() -> ListLinks.main(NO_ARGUMENTS));

        assertThat(output).containsPattern("(?m)^1: lo up\n {4}127\\.0\\.0\\.1/8$");
    }

    @Test
    void makeBridge_asRoot_printsTheBridgeAndTheRefusal() throws IOException {
        String output = outputOf(() -> MakeBridge.main(NO_ARGUMENTS));

        assertThat(output.lines()).hasSize(2);
        assertThat(output).contains("name=br0, kind=bridge").contains("create bridge br0: EEXIST");
    }

    private static String outputOf(Program program) throws IOException {
        PrintStream original = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(original);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Program {
        void run() throws IOException;
    }
}
