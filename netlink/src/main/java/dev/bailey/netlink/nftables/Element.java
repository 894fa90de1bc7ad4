package dev.bailey.netlink.nftables;

import java.util.Optional;

/**
 * An element of a set or map: a key or a range of keys, and what a map has behind it.
 *
 * @param key the key; the first one of a range
 * @param last the last key of a range, included; empty if it is {@code key} itself
 * @param data what a map has behind the key
 * @param comment a text for people
 */
public record Element(Value key, Optional<Value> last, Optional<Data> data, Optional<String> comment) {
    /** Checks that a range is not upside down; a range of one becomes a single key. */
    public Element {
        if (last.isPresent()) {
            last = reaching(key, last.get());
        }
        comment.ifPresent(Check::comment);
    }

    private static Optional<Value> reaching(Value first, Value last) {
        if (last.equals(first)) {
            return Optional.empty();
        }
        Check.that(
                last.length() == first.length() && last.compareTo(first) > 0,
                "range %s to %s: must end behind its beginning",
                first,
                last);
        return Optional.of(last);
    }

    /** A single key; several fields are concatenated. */
    public static Element of(Value first, Value... more) {
        return new Element(concat(first, more), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The range of a prefix's addresses. */
    public static Element of(Prefix prefix) {
        return range(prefix.address(), prefix.last());
    }

    /** A range of keys, both ends included; for concatenations, in each field from the first's to the last's. */
    public static Element range(Value first, Value last) {
        return new Element(first, Optional.of(last), Optional.empty(), Optional.empty());
    }

    /** The same element with a value behind its key; several fields are concatenated. */
    public Element to(Value first, Value... more) {
        return withData(concat(first, more));
    }

    /** The same element with a verdict behind its key. */
    public Element to(Verdict verdict) {
        return withData(verdict);
    }

    /** The same element with a comment. */
    public Element withComment(String text) {
        return new Element(key, last, data, Optional.of(text));
    }

    private Element withData(Data newData) {
        return new Element(key, last, Optional.of(newData), comment);
    }

    private static Value concat(Value first, Value... more) {
        if (more.length == 0) {
            return first;
        }
        Value[] all = new Value[more.length + 1];
        all[0] = first;
        System.arraycopy(more, 0, all, 1, more.length);
        return Value.concat(all);
    }
}
