package dev.bailey.netlink.nftables;

import java.util.List;

/**
 * A set or map with its elements.
 *
 * @param definition the set or map
 * @param elements its elements; interval sets in the order of their keys
 */
public record SetContent(SetOrMap definition, List<Element> elements) {
    /** Copies the elements. */
    public SetContent {
        elements = List.copyOf(elements);
    }
}
