package dev.bailey.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Mounts;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of the loop that the floor is measured with. */
@Tag("lab")
class KernelFloorLabTest {
    @Test
    void attachAndDetach_severalSlotsTwice_linksComeAndGo(@TempDir Path folder) throws IOException {
        try (KernelFloor floor = KernelFloor.open(folder);
                Client client = floor.connect()) {
            floor.prepare(3);
            client.populate(2);
            for (int round = 0; round < 2; round++) {
                for (int slot = 0; slot < 2; slot++) {
                    assertThat(client.attach(slot)).isPositive();
                    floor.verify(slot);
                    assertThat(client.detach(slot)).isPositive();
                    int gone = slot;
                    assertThatThrownBy(() -> floor.verify(gone)).hasMessageContaining("has no default route");
                }
            }
            floor.verify(2);
        } finally {
            Mounts.unmount(folder, true);
        }
    }
}
