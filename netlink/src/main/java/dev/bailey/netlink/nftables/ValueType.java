package dev.bailey.netlink.nftables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The type of a set's keys or of a map's values: one field, or several concatenated.
 *
 * @param fields one to five fields
 */
public record ValueType(List<FieldType> fields) {
    /** Longest key in bytes ({@code NFT_DATA_VALUE_MAXLEN}). */
    private static final int MAX_BYTES = 64;

    /** Fields whose ids fit into the kernel's 32-bit type number. */
    private static final int MAX_FIELDS = 5;

    /** Checks number and length of the fields, and copies them. */
    public ValueType {
        fields = List.copyOf(fields);
        Check.range("fields of a type", fields.size(), 1, MAX_FIELDS);
        int length = fields.stream().mapToInt(FieldType::paddedLength).sum();
        Check.that(length <= MAX_BYTES, "a concatenation of %s bytes: at most %s fit", length, MAX_BYTES);
    }

    /** The type of these fields, concatenated if they are several. */
    public static ValueType of(FieldType... fields) {
        return new ValueType(List.of(fields));
    }

    /** Whether there are several fields. */
    public boolean isConcatenation() {
        return fields.size() > 1;
    }

    /** Length of a value in bytes; the fields of a concatenation count in multiples of 4. */
    public int lengthBytes() {
        return isConcatenation()
                ? fields.stream().mapToInt(FieldType::paddedLength).sum()
                : fields.getFirst().lengthBytes();
    }

    /** The kernel's number of the type: six bits a field, the last field lowest. */
    int id() {
        int id = 0;
        for (FieldType field : fields) {
            id = id << FieldType.ID_BITS | field.id();
        }
        return id;
    }

    /** The type that a set of somebody names by number; bytes without further meaning if nobody here knows it. */
    static ValueType ofId(int id, int lengthBytes) {
        List<FieldType> fields = new ArrayList<>();
        for (int rest = id; rest != 0; rest >>>= FieldType.ID_BITS) {
            fields.addFirst(FieldType.of(rest & (1 << FieldType.ID_BITS) - 1, 0));
        }
        ValueType type = fields.isEmpty() || fields.size() > MAX_FIELDS ? null : new ValueType(fields);
        return type != null && type.lengthBytes() == lengthBytes ? type : opaque(lengthBytes);
    }

    private static ValueType opaque(int lengthBytes) {
        return new ValueType(List.of(new FieldType(0, "integer", lengthBytes, false)));
    }

    /** The parts of a value of this type, without their padding. */
    List<Value> split(Value value) {
        List<Value> parts = new ArrayList<>();
        int offset = 0;
        for (FieldType field : fields) {
            parts.add(value.slice(offset, Math.min(field.lengthBytes(), value.length() - offset)));
            offset += field.paddedLength();
        }
        return parts;
    }

    /** The type in nft's words, such as {@code inet_proto . inet_service}. */
    @Override
    public String toString() {
        return fields.stream().map(FieldType::name).collect(Collectors.joining(" . "));
    }
}
