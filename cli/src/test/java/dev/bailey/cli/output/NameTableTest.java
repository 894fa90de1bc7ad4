package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.view.KnownName;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameTableTest {
    @Test
    void of_aLineForEachAddress() {
        String id = "0123456789ab".repeat(6).substring(0, 64);
        KnownName web = new KnownName("web", List.of("web", "0123456789ab", "www"), "front", "172.18.0.2", id);
        KnownName db = new KnownName("db", List.of("db", "ba9876543210"), "back", "172.18.4.2", id);

        assertThat(NameTable.of(List.of(web, db))).isEqualTo("""
                CONTAINER   NETWORK   ADDRESS      NAMES
                web         front     172.18.0.2   web 0123456789ab www
                db          back      172.18.4.2   db ba9876543210
                """);
    }
}
