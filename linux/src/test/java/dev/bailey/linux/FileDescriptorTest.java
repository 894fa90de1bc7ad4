package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDescriptorTest {

    private static final int O_CLOEXEC = 02000000;

    @TempDir
    private Path folder;

    @Test
    void open_absentFile_saysWhatAndWhy() {
        Path absent = folder.resolve("absent");

        assertThatThrownBy(() -> FileDescriptor.open(absent, FileDescriptor.Flag.READ_ONLY))
                .isInstanceOfSatisfying(LinuxException.class, refusal -> {
                    assertThat(refusal.operation()).isEqualTo("open");
                    assertThat(refusal.object()).isEqualTo(absent.toString());
                    assertThat(refusal.errno()).isEqualTo(Errno.ENOENT);
                })
                .hasMessage("open " + absent + ": ENOENT (No such file or directory)");
    }

    @Test
    void open_anyFlags_isCloseOnExec() throws Exception {
        try (FileDescriptor file = create("x")) {
            String flags = Files.readAllLines(Path.of("/proc/self/fdinfo/" + file.number())).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .findFirst()
                    .orElseThrow();

            assertThat(Integer.parseInt(flags.substring("flags:".length()).strip(), 8) & O_CLOEXEC)
                    .isEqualTo(O_CLOEXEC);
        }
    }

    @Test
    void writeTextAndReadText_longerThanOneRead_isTheSame() throws Exception {
        String text = "zwölf Boxkämpfer\n".repeat(5000);
        try (FileDescriptor file = create("text")) {
            file.writeText(text);
        }

        try (FileDescriptor file = FileDescriptor.open(folder.resolve("text"), FileDescriptor.Flag.READ_ONLY)) {
            assertThat(file.readText()).isEqualTo(text);
        }
    }

    @Test
    void close_twice_isHarmlessAndUseAfterwardsAnError() throws Exception {
        FileDescriptor file = create("x");
        file.close();
        file.close();

        assertThat(OpenFiles.count(folder.toString())).isZero();
        assertThatThrownBy(file::number)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the descriptor of " + folder.resolve("x") + " is closed");
    }

    @Test
    void close_duringACall_takesEffectWhenTheCallReturns() throws Exception {
        FileDescriptor file = create("x");
        file.acquire();
        file.close();
        assertThat(OpenFiles.count(folder.toString())).isEqualTo(1);
        assertThatThrownBy(file::acquire).isInstanceOf(IllegalStateException.class);

        file.release();
        assertThat(OpenFiles.count(folder.toString())).isZero();
    }

    private FileDescriptor create(String name) throws LinuxException {
        return FileDescriptor.open(folder.resolve(name), FileDescriptor.Flag.WRITE_ONLY, FileDescriptor.Flag.CREATE);
    }
}
