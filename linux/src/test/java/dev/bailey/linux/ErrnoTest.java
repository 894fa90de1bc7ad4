package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {

    @ParameterizedTest
    @CsvSource({
        "1,EPERM,Operation not permitted",
        "11,EAGAIN,Resource temporarily unavailable",
        "17,EEXIST,File exists",
        "54,EXFULL,Exchange full",
        "85,ERESTART,Interrupted system call should be restarted",
        "95,EOPNOTSUPP,Operation not supported",
        "105,ENOBUFS,No buffer space available",
        "133,EHWPOISON,Memory page has hardware error"
    })
    void nameAndText_knownNumber_areTheKernels(int number, String name, String text) {
        assertThat(new Errno(number)).hasToString(name + " (" + text + ")");
        assertThat(Errno.named(name)).contains(new Errno(number));
    }

    @Test
    void named_everyName_isItsOwnNumber() {
        IntStream.rangeClosed(1, 133)
                .mapToObj(Errno::new)
                .filter(errno -> !errno.name().startsWith("errno "))
                .forEach(errno -> assertThat(Errno.named(errno.name())).contains(errno));
    }

    @Test
    void name_unknownNumber_isTheNumber() {
        assertThat(new Errno(4711)).hasToString("errno 4711 (Unknown error 4711)");
        assertThat(Errno.named("ENOSUCH")).isEmpty();
    }

    @Test
    void constructor_notPositive_isRefused() {
        assertThatThrownBy(() -> new Errno(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Errno(-17)).hasMessage("-17 is not an errno: they start at 1");
    }

    @Test
    void exception_serialised_keepsItsErrno() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new LinuxException("open", "/x", Errno.EACCES));
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject())
                    .isInstanceOfSatisfying(
                            LinuxException.class,
                            refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EACCES));
        }
    }
}
