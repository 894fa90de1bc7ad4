package dev.bailey.engine.firewall;

import dev.bailey.engine.model.InterfaceName;
import java.nio.charset.StandardCharsets;

/** Names of chains for bridges that nft can read back, whatever the bridge is called. */
final class Names {
    private Names() {}

    /**
     * The prefix, an underscore and the bridge's name. What nft does not take in a name becomes a slash and two
     * hexadecimal digits for each byte; no interface has a slash in its name, so no two bridges share a chain.
     */
    static String chain(String prefix, InterfaceName bridge) {
        StringBuilder name = new StringBuilder(prefix).append('_');
        for (byte b : bridge.value().getBytes(StandardCharsets.UTF_8)) {
            boolean taken = b >= 'a' && b <= 'z'
                    || b >= 'A' && b <= 'Z'
                    || b >= '0' && b <= '9'
                    || b == '-'
                    || b == '.'
                    || b == '_';
            name.append(taken ? Character.toString(b) : String.format("/%02x", b));
        }
        return name.toString();
    }
}
