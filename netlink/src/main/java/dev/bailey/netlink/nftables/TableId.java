package dev.bailey.netlink.nftables;

/**
 * What names a table: family and name.
 *
 * @param family the packets it sees
 * @param name 1 to 255 bytes; choose none of nft's keywords, else nft cannot read its own listing
 */
public record TableId(Family family, String name) {
    /** Checks the name. */
    public TableId {
        Check.name("table", name);
    }

    /** The name as nft writes it, such as {@code inet bailey}. */
    @Override
    public String toString() {
        return family.keyword() + " " + name;
    }
}
