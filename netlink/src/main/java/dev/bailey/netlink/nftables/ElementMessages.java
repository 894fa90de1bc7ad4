package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.NfTables.NFTA_SET_ELEM_LIST_ELEMENTS;

import dev.bailey.netlink.AttributeWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Puts the elements of one command into as many messages as they need, since an attribute holds less than 64 KiB. */
final class ElementMessages {
    private static final int MAX_LIST_BYTES = 60_000;

    /** Bytes of the message's header, of {@code struct nfgenmsg} and of the list's own header. */
    private static final int HEADERS = 16 + 4 + 4;

    private final String command;
    private final int type;
    private final int flags;
    private final SetOrMap set;
    private final List<BatchMessage> messages = new ArrayList<>();

    private final List<Element> pending = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private AttributeWriter list = new AttributeWriter();

    private ElementMessages(String verb, int type, int flags, SetOrMap set) {
        this.command = verb + " element";
        this.type = type;
        this.flags = flags;
        this.set = set;
    }

    /**
     * The messages of a command.
     *
     * @param keyOnly whether only the keys are told, as for a deletion
     */
    static List<BatchMessage> of(
            String verb, int type, int flags, SetOrMap set, Collection<Element> elements, boolean keyOnly) {
        ElementMessages result = new ElementMessages(verb, type, flags, set);
        for (Element element : elements) {
            result.add(element, keyOnly);
        }
        result.finish();
        return result.messages;
    }

    private void add(Element element, boolean keyOnly) {
        ElementCodec.encode(list, set, element, keyOnly);
        pending.add(element);
        ends.add(list.length());
        if (list.length() > MAX_LIST_BYTES) {
            finish();
        }
    }

    private void finish() {
        if (pending.isEmpty()) {
            return;
        }
        byte[] entries = list.toByteArray();
        AttributeWriter reference = new AttributeWriter();
        ElementCodec.reference(reference, set);
        byte[] name = reference.toByteArray();
        Consumer<AttributeWriter> attributes =
                writer -> writer.put(name).nest(NFTA_SET_ELEM_LIST_ELEMENTS, nest -> nest.put(entries));
        List<Element> elements = List.copyOf(pending);
        List<Integer> entryEnds = List.copyOf(ends);
        messages.add(new BatchMessage(
                NfMessage.request(type, flags, Optional.of(set.table().family()), attributes),
                command,
                set.table() + " " + set.name(),
                () -> text(elements),
                offset -> elementAt(offset - HEADERS - name.length, elements, entryEnds)));
        pending.clear();
        ends.clear();
        list = new AttributeWriter();
    }

    private String text(List<Element> elements) {
        return elements.stream().map(element -> NftText.of(set, element)).collect(Collectors.joining(", ", "{ ", " }"));
    }

    private String elementAt(int offset, List<Element> elements, List<Integer> entryEnds) {
        if (elements.size() == 1) {
            return text(elements);
        }
        for (int i = 0; offset >= 0 && i < elements.size(); i++) {
            if (offset < entryEnds.get(i)) {
                return text(List.of(elements.get(i)));
            }
        }
        return "";
    }
}
