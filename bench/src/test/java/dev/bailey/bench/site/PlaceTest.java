package dev.bailey.bench.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
    @ParameterizedTest
    @ValueSource(strings = {"bench", "/tmp/a b", "/tmp/a'b", "/tmp/$x"})
    void place_pathThatAShellWouldReadOtherwise_isRefused(String path) {
        assertThatThrownBy(() -> new Place(Path.of(path)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path);
    }

    @Test
    void place_pathTooLongForSockets_isRefused() {
        Path folder = Path.of("/tmp/" + "x".repeat(60));

        assertThatThrownBy(() -> new Place(folder)).hasMessageContaining("60 characters");
    }

    @Test
    void sub_notThere_isMade(@TempDir Path folder) throws IOException {
        Place place = new Place(folder);

        assertThat(place.sub("a")).isDirectory();
        assertThat(folder).hasFileName(place.name());
    }

    @Test
    void command_inATree_entersNamespaceThenTree() {
        PeerRoot root = new PeerRoot(Optional.of(Path.of("/t")));

        assertThat(root.command(Path.of("/n"), List.of("x", "y")))
                .containsExactly("nsenter", "--net=/n", "chroot", "/t", "x", "y");
    }

    @Test
    void find_severalPlaces_firstThatIsThere() {
        PeerRoot machine = new PeerRoot(Optional.empty());

        assertThat(machine.find("/bin/none-such", "/bin/sh")).contains("/bin/sh");
        assertThat(machine.find("/bin/none-such")).isEmpty();
    }
}
