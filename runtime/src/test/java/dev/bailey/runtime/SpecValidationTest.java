package dev.bailey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.runtime.ContainerException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecValidationTest {
    private static final PortSettings PUBLISHED = new PortSettings(List.of("8080:80"), List.of(), false);

    private static ContainerSpecBuilder spec() {
        return ContainerSpec.builder("host");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(
                        spec().name("a"), "invalid container name (a), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"),
                Arguments.of(spec().name("-ab"), "invalid container name (-ab)"),
                Arguments.of(spec().name("a/b"), "invalid container name (a/b)"),
                Arguments.of(spec().name("a\nb"), "invalid container name (a\nb)"),
                Arguments.of(spec().name("x".repeat(256)), "2 to 255 of them"),
                Arguments.of(spec().hostname("a_-"), "invalid hostname \"a_-\""),
                Arguments.of(spec().hostname("a..b"), "invalid hostname \"a..b\""),
                Arguments.of(spec().hostname("x".repeat(64)), "at most 63"),
                Arguments.of(
                        spec().workingDirectory("x"),
                        "the working directory 'x' is invalid, it needs to be an absolute path"),
                Arguments.of(
                        spec().stopSignal("SIGFOO"), "invalid signal: SIGFOO: want a name such as SIGTERM, or 1 to 64"),
                Arguments.of(spec().address("1.2.3"), "invalid IP address \"1.2.3\": want an IPv4 address"),
                Arguments.of(spec().address("1.2.3.256"), "invalid IP address"),
                Arguments.of(spec().address("1.2.3.4/24"), "invalid IP address"),
                Arguments.of(spec().address("01.2.3.4"), "invalid IP address"),
                Arguments.of(dns(List.of("1.2.3"), List.of(), List.of()), "1.2.3"),
                Arguments.of(dns(List.of(), List.of("a b"), List.of()), "a search domain: write one like example.com"),
                Arguments.of(dns(List.of(), List.of(), List.of("")), "a resolver option: write one like ndots:2"),
                Arguments.of(
                        spec().network("host").ports(PUBLISHED),
                        "no port can be published with network host: what the container listens on is the host's own"),
                Arguments.of(spec().network("none").ports(PUBLISHED), "no port can be published with network none"),
                Arguments.of(spec().network("none").address("172.17.0.9"), "network none stands alone"),
                Arguments.of(
                        spec().network("host").networks(List.of(ContainerNetwork.of("front", Optional.empty()))),
                        "network host stands alone: no other network can be named beside it"),
                Arguments.of(spec().network("container:"), "network container: names nobody"),
                Arguments.of(
                        spec().network("container:db").hostname("web"),
                        "network container:db brings the other container's hostname: leave --hostname out"),
                Arguments.of(
                        spec().network("container:db").ports(new PortSettings(List.of(), List.of("80"), false)),
                        "network container:db brings the other container's ports: leave --expose out"),
                Arguments.of(
                        spec().network("container:db").ports(PUBLISHED),
                        "no port can be published with network container:db: the ports are those of the other"),
                Arguments.of(
                        spec().environment(List.of("=x")), "invalid environment variable: \"=x\": want NAME=VALUE"),
                Arguments.of(spec().environment(List.of("")), "invalid environment variable"),
                Arguments.of(spec().command(List.of("a\0b")), "invalid argument: it contains a NUL character"),
                Arguments.of(spec().entrypoint(List.of("a\0b")), "it contains a NUL character"),
                Arguments.of(
                        spec().binds(List.of(Bind.parse("/a:/b"), Bind.parse("/c:/b"))), "duplicate mount point: /b"));
    }

    private static ContainerSpecBuilder dns(List<String> servers, List<String> search, List<String> options) {
        return spec().dns(new DnsSettings(servers, search, options));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void check_badValue_saysWhatIsRight(ContainerSpecBuilder spec, String message) {
        assertThatThrownBy(() -> SpecValidation.check(spec.build()))
                .isInstanceOfSatisfying(
                        ContainerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_ARGUMENT))
                .hasMessageContaining(message);
    }

    @Test
    void check_ordinaryValues_pass() {
        assertThatCode(() -> SpecValidation.check(spec().name("web_1.a-b")
                        .hostname("a.b-c.example")
                        .address("172.17.0.9")
                        .environment(List.of("A=", "B=c=d", "C"))
                        .stopSignal("int")
                        .dns(new DnsSettings(List.of("10.0.0.1"), List.of("."), List.of("ndots:1")))
                        .build()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a:/b", "/a:b", "/a:/", "/a:/b:rx", "/a:/b:ro:x", ":/b", "/a::ro"})
    void bind_badForm_isRefused(String text) {
        assertThatThrownBy(() -> Bind.parse(text)).hasMessageStartingWith("invalid volume specification: '");
    }

    @Test
    void bind_options_areRead() {
        assertThat(Bind.parse("/a:/b")).isEqualTo(new Bind("/a", "/b", false));
        assertThat(Bind.parse("/a:/b:ro,z")).isEqualTo(new Bind("/a", "/b", true));
        assertThat(Bind.parse("/a:/b:rw")).isEqualTo(new Bind("/a", "/b", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:", ":1.2.3.4", "a b:1.2.3.4"})
    void extraHost_badForm_isRefused(String text) {
        assertThatThrownBy(() -> ExtraHost.parse(text)).hasMessageStartingWith("bad format for add-host: ");
    }

    @Test
    void exec_withoutCommand_isRefused() {
        ExecSpec empty = new ExecSpec(
                List.of(), List.of(), java.util.Optional.empty(), java.util.Optional.empty(), false, false);
        assertThatThrownBy(() -> SpecValidation.check(empty)).hasMessage("no exec command specified");
    }

    @Test
    void randomNames_always_areValid() {
        for (int seed = 0; seed < 1000; seed++) {
            String name = RandomNames.pick(new java.util.Random(seed), taken -> false);
            assertThatCode(() -> SpecValidation.check(spec().name(name).build()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void randomNames_allPlainOnesTaken_getANumber() {
        assertThat(RandomNames.pick(new java.util.Random(1), name -> name.matches("[a-z]+_[a-z]+")))
                .matches("[a-z]+_[a-z]+[0-9]+");
    }
}
