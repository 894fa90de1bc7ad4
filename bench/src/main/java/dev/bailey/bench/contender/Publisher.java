package dev.bailey.bench.contender;

import java.io.IOException;

/** A contender that can publish ports of what it attaches. */
public interface Publisher extends Contender {
    /** How many ports each slot of a publishing client has. */
    int PORTS = PortBlock.COUNT;

    /** Opens a client whose slots publish {@value #PORTS} ports each, no two the same one. */
    Client connectPublishing() throws IOException;

    /** Opens a client that does the same without ports, on slots below those of the other. */
    default Client connectPlain() throws IOException {
        return connect();
    }

    /**
     * Checks that the rules of a slot that was attached by such a client are there.
     *
     * @throws IOException when they are not
     */
    void verifyPublished(int slot) throws IOException;
}
