package dev.bailey.engine.model;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Published ports in the order of their first host port, as an immutable tree whose changed copies share all but one path
 * with the original: a weight-balanced tree (Adams, "Efficient sets: a balancing act", 1993) in which every node knows the
 * highest port below it. Adding, removing and finding one that overlaps a range cost O(log n).
 */
final class PortTree {
    static final PortTree EMPTY = new PortTree(null);

    /** How much heavier one side of a node may be than the other, and when a single rotation is not enough. */
    private static final int DELTA = 3;

    private static final int RATIO = 2;

    private final @Nullable Node root;

    private PortTree(@Nullable Node root) {
        this.root = root;
    }

    private record Node(
            PublishedPort port,
            int size,
            int highest,
            @Nullable Node left,
            @Nullable Node right) {
        static Node of(PublishedPort port, @Nullable Node left, @Nullable Node right) {
            int highest = Math.max(port.mapping().hostPorts().last(), Math.max(highest(left), highest(right)));
            return new Node(port, weight(left) + weight(right) - 1, highest, left, right);
        }

        private static int highest(@Nullable Node node) {
            return node == null ? 0 : node.highest;
        }
    }

    /** Two that begin at the same port are apart in their addresses, or one of them could not be published. */
    private static int compare(PublishedPort one, PublishedPort other) {
        int ports = Integer.compare(
                one.mapping().hostPorts().first(), other.mapping().hostPorts().first());
        return ports != 0 ? ports : IpAddress.ORDER.compare(address(one), address(other));
    }

    /** Where the host has no part it is the sandbox's that counts. */
    private static IpAddress address(PublishedPort port) {
        return port.mapping().routed() ? port.sandboxAddress() : port.mapping().hostAddress();
    }

    private static int weight(@Nullable Node node) {
        return node == null ? 1 : node.size + 1;
    }

    boolean isEmpty() {
        return root == null;
    }

    int size() {
        return weight(root) - 1;
    }

    PortTree with(PublishedPort port) {
        return new PortTree(with(root, port));
    }

    private static Node with(@Nullable Node node, PublishedPort port) {
        if (node == null) {
            return Node.of(port, null, null);
        }
        int order = compare(port, node.port);
        if (order == 0) {
            throw new IllegalStateException(port + " is where " + node.port + " is");
        }
        return order < 0
                ? balanced(node.port, with(node.left, port), node.right)
                : balanced(node.port, node.left, with(node.right, port));
    }

    PortTree without(PublishedPort port) {
        return new PortTree(without(root, port));
    }

    private static @Nullable Node without(@Nullable Node node, PublishedPort port) {
        if (node == null) {
            throw new IllegalStateException(port + " is not there");
        }
        int order = compare(port, node.port);
        if (order < 0) {
            return balanced(node.port, without(node.left, port), node.right);
        }
        if (order > 0) {
            return balanced(node.port, node.left, without(node.right, port));
        }
        if (!node.port.equals(port)) {
            throw new IllegalStateException(port + " is not there, but " + node.port);
        }
        if (node.left == null || node.right == null) {
            return node.left == null ? node.right : node.left;
        }
        PublishedPort next = lowest(node.right);
        return balanced(next, node.left, without(node.right, next));
    }

    private static PublishedPort lowest(Node node) {
        Node lowest = node;
        while (lowest.left != null) {
            lowest = lowest.left;
        }
        return lowest.port;
    }

    private static Node balanced(PublishedPort port, @Nullable Node left, @Nullable Node right) {
        boolean tiny = weight(left) + weight(right) <= DELTA;
        if (!tiny && right != null && weight(right) > DELTA * weight(left)) {
            return rotatedLeft(port, left, right);
        }
        if (!tiny && left != null && weight(left) > DELTA * weight(right)) {
            return rotatedRight(port, left, right);
        }
        return Node.of(port, left, right);
    }

    private static Node rotatedLeft(PublishedPort port, @Nullable Node left, Node right) {
        Node inner = right.left;
        if (inner == null || weight(inner) < RATIO * weight(right.right)) {
            return Node.of(right.port, Node.of(port, left, inner), right.right);
        }
        return Node.of(inner.port, Node.of(port, left, inner.left), Node.of(right.port, inner.right, right.right));
    }

    private static Node rotatedRight(PublishedPort port, Node left, @Nullable Node right) {
        Node inner = left.right;
        if (inner == null || weight(inner) < RATIO * weight(left.left)) {
            return Node.of(left.port, left.left, Node.of(port, inner, right));
        }
        return Node.of(inner.port, Node.of(left.port, left.left, inner.left), Node.of(port, inner.right, right));
    }

    /** One of those that have a port of the range; none when nobody has. */
    Optional<PublishedPort> overlapping(PortRange range) {
        Node node = root;
        while (node != null) {
            if (node.port.mapping().hostPorts().overlaps(range)) {
                return Optional.of(node.port);
            }
            // What lies to the left and reaches up to the range is either in it or begins behind all of it.
            node = node.left != null && node.left.highest >= range.first() ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** Passes all of them on in their order; O(n). */
    void forEach(Consumer<PublishedPort> consumer) {
        forEach(root, consumer);
    }

    private static void forEach(@Nullable Node node, Consumer<PublishedPort> consumer) {
        if (node != null) {
            forEach(node.left, consumer);
            consumer.accept(node.port);
            forEach(node.right, consumer);
        }
    }
}
