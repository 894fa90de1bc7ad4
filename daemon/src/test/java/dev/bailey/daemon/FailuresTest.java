package dev.bailey.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.runtime.ContainerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, 400",
        "NOT_FOUND, 404",
        "CONFLICT, 409",
        "EXHAUSTED, 503",
        "UNSUPPORTED, 501",
        "UNAVAILABLE, 503",
        "INTERNAL, 500"
    })
    void of_engineError_keepsMessage(ErrorCode code, int status) {
        HttpFailure failure = Failures.of(new EngineException(code, "network blue: not there"));

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure).hasMessage("network blue: not there");
    }

    @ParameterizedTest
    @CsvSource({"INVALID_ARGUMENT, 400", "NOT_FOUND, 404", "CONFLICT, 409", "UNAVAILABLE, 503", "INTERNAL, 500"})
    void of_containerError_keepsMessage(ContainerException.Kind kind, int status) {
        HttpFailure failure = Failures.of(new ContainerException(kind, "no such container: a"));

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure).hasMessage("no such container: a");
    }

    @Test
    void of_anythingElse_isAFaultOfTheDaemonInOneLine() {
        HttpFailure failure = Failures.of(new IllegalStateException("half\n  done"));

        assertThat(failure.status()).isEqualTo(500);
        assertThat(failure)
                .hasMessage("the daemon failed: java.lang.IllegalStateException: half done; its log has more");
    }
}
