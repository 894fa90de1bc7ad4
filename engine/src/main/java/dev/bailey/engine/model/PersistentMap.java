package dev.bailey.engine.model;

import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose changed copies share all but one path with the original: a hash array mapped trie
 * (Bagwell, "Ideal Hash Trees", 2001). Look-up, insertion and removal cost O(log32 n), some hundred nanoseconds for a
 * thousand entries; the order of iteration follows the hashes.
 */
final class PersistentMap<K, V> {
    private static final int BITS_PER_LEVEL = 5;
    private static final int LEVEL_MASK = (1 << BITS_PER_LEVEL) - 1;
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(new Branch<>(0, Branch.noChildren()), 0);

    private final Branch<K, V> root;
    private final int size;

    private PersistentMap(Branch<K, V> root, int size) {
        this.root = root;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // An empty map holds no key and no value of any type.
    static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    int size() {
        return size;
    }

    @Nullable
    V get(K key) {
        int hash = spread(key);
        Node<K, V> node = root;
        for (int shift = 0; node instanceof Branch<K, V> branch; shift += BITS_PER_LEVEL) {
            node = branch.child(hash, shift);
        }
        for (Entry<K, V> e = (Entry<K, V>) node; e != null; e = e.next) {
            if (e.key.equals(key)) {
                return e.value;
            }
        }
        return null;
    }

    PersistentMap<K, V> with(K key, V value) {
        Objects.requireNonNull(value, "value");
        boolean isNew = get(key) == null;
        return new PersistentMap<>(root.with(spread(key), 0, key, value), isNew ? size + 1 : size);
    }

    PersistentMap<K, V> without(K key) {
        if (get(key) == null) {
            return this;
        }
        Node<K, V> rest = root.without(spread(key), 0, key);
        return rest == null ? empty() : new PersistentMap<>((Branch<K, V>) rest, size - 1);
    }

    /** The values as a live view of this unchanging map; walking it costs O(n), asking its size O(1). */
    Collection<V> values() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<V> iterator() {
                return new Walk<>(root);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** Folds the high bits into the low ones, which are used first. */
    private static int spread(Object key) {
        int hash = key.hashCode();
        return hash ^ hash >>> 16;
    }

    private sealed interface Node<K, V> {
        Node<K, V> with(int hash, int shift, K key, V value);

        @Nullable
        Node<K, V> without(int hash, int shift, K key);
    }

    /** One key with its value, and by {@code next} the others with the very same hash. */
    private record Entry<K, V>(
            int hash, K key, V value, @Nullable Entry<K, V> next) implements Node<K, V> {
        @Override
        public Node<K, V> with(int newHash, int shift, K newKey, V newValue) {
            if (newHash == hash) {
                return new Entry<>(hash, newKey, newValue, without(hash, shift, newKey));
            }
            return new Branch<K, V>(1 << (hash >>> shift & LEVEL_MASK), Branch.children(this))
                    .with(newHash, shift, newKey, newValue);
        }

        @Override
        public @Nullable Entry<K, V> without(int oldHash, int shift, K oldKey) {
            if (key.equals(oldKey)) {
                return next;
            }
            return next == null ? this : new Entry<>(hash, key, value, next.without(oldHash, shift, oldKey));
        }
    }

    /** Up to 32 children, of which the bitmap tells which are there; they lie in the array without gaps. */
    private record Branch<K, V>(int bitmap, Node<K, V>[] children) implements Node<K, V> {
        @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays.
        static <K, V> Node<K, V>[] noChildren() {
            return new Node[0];
        }

        static <K, V> Node<K, V>[] children(Node<K, V> only) {
            Node<K, V>[] children = Arrays.copyOf(Branch.<K, V>noChildren(), 1);
            children[0] = only;
            return children;
        }

        @Nullable
        Node<K, V> child(int hash, int shift) {
            int bit = bit(hash, shift);
            return (bitmap & bit) == 0 ? null : children[position(bit)];
        }

        @Override
        public Branch<K, V> with(int hash, int shift, K key, V value) {
            int bit = bit(hash, shift);
            int position = position(bit);
            if ((bitmap & bit) != 0) {
                Node<K, V> child = children[position].with(hash, shift + BITS_PER_LEVEL, key, value);
                return new Branch<>(bitmap, replaced(position, child));
            }
            Node<K, V>[] grown = Arrays.copyOf(children, children.length + 1);
            System.arraycopy(children, position, grown, position + 1, children.length - position);
            grown[position] = new Entry<>(hash, key, value, null);
            return new Branch<>(bitmap | bit, grown);
        }

        @Override
        public @Nullable Branch<K, V> without(int hash, int shift, K key) {
            int bit = bit(hash, shift);
            int position = position(bit);
            Node<K, V> child = children[position].without(hash, shift + BITS_PER_LEVEL, key);
            if (child != null) {
                return new Branch<>(bitmap, replaced(position, child));
            }
            if (children.length == 1) {
                return null;
            }
            Node<K, V>[] shrunk = Arrays.copyOf(children, children.length - 1);
            System.arraycopy(children, position + 1, shrunk, position, shrunk.length - position);
            return new Branch<>(bitmap & ~bit, shrunk);
        }

        private Node<K, V>[] replaced(int position, Node<K, V> child) {
            Node<K, V>[] copy = children.clone();
            copy[position] = child;
            return copy;
        }

        private int position(int bit) {
            return Integer.bitCount(bitmap & bit - 1);
        }

        private static int bit(int hash, int shift) {
            return 1 << (hash >>> shift & LEVEL_MASK);
        }
    }

    /** Walks the trie depth first with a stack of what is still to visit. */
    private static final class Walk<K, V> implements Iterator<V> {
        private final Deque<Node<K, V>> open = new ArrayDeque<>();

        Walk(Node<K, V> root) {
            open.push(root);
            descend();
        }

        @Override
        public boolean hasNext() {
            return !open.isEmpty();
        }

        @Override
        public V next() {
            if (open.isEmpty()) {
                throw new NoSuchElementException();
            }
            Entry<K, V> entry = (Entry<K, V>) open.pop();
            if (entry.next != null) {
                open.push(entry.next);
            } else {
                descend();
            }
            return entry.value;
        }

        private void descend() {
            while (open.peek() instanceof Branch<K, V> branch) {
                open.pop();
                for (int i = branch.children.length - 1; i >= 0; i--) {
                    open.push(branch.children[i]);
                }
            }
        }
    }
}
