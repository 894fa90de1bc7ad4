package dev.bailey.runtime;

import dev.bailey.runtime.ContainerException.Kind;
import io.avaje.jsonb.Json;

/**
 * One more line of a container's {@code /etc/hosts}.
 *
 * @param name the host name
 * @param address its address, or {@code host-gateway} for the gateway of the container's network
 */
@Json
public record ExtraHost(String name, String address) {
    /** The word that stands for the gateway's address. */
    public static final String HOST_GATEWAY = "host-gateway";

    /** Checks that both are there, in one word each; throws {@link ContainerException} otherwise. */
    public ExtraHost {
        if (name.isEmpty() || address.isEmpty() || (name + address).chars().anyMatch(Character::isWhitespace)) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT,
                    "bad format for add-host: \"" + name + ":" + address + "\": want NAME:ADDRESS");
        }
    }

    /**
     * Reads {@code NAME:ADDRESS} or {@code NAME=ADDRESS}.
     *
     * @param text the option as an operator writes it
     */
    public static ExtraHost parse(String text) {
        int separator = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
        if (separator < 0) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT, "bad format for add-host: \"" + text + "\": want NAME:ADDRESS");
        }
        return new ExtraHost(text.substring(0, separator), text.substring(separator + 1));
    }
}
