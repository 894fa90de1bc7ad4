package dev.bailey.netlink;

import static dev.bailey.netlink.NetlinkMessage.NLM_F_ACK;
import static dev.bailey.netlink.NetlinkMessage.NLM_F_DUMP;
import static dev.bailey.netlink.NetlinkMessage.NLM_F_DUMP_INTR;

import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NetlinkSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A conversation with the kernel over one netlink socket, in the namespace of the thread that opened it.
 *
 * <p>One thread at a time: a second one must wait until the first has its answer. Calls block in the kernel, so they are
 * for platform threads only. Sequence numbers and the kernel's port are checked; what belongs to an older request is
 * passed over.
 */
public final class NetlinkConnection implements AutoCloseable {
    /** How often a dump that a change disturbed is begun before it is given up. */
    public static final int MAX_DUMP_ATTEMPTS = 5;

    /** So many go into one datagram that their answers, echoes among them, fit the receive buffer. */
    private static final int MAX_REQUESTS_PER_SEND = 32;

    /** How long the kernel may take to answer: it does so before the send returns, unless something is badly wrong. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final NetlinkSocket socket;
    private int lastSequence;

    private NetlinkConnection(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens a connection in the network namespace of the calling thread.
     *
     * @param protocol {@link NetlinkSocket#ROUTE} or {@link NetlinkSocket#NETFILTER}
     */
    public static NetlinkConnection open(int protocol) throws IOException {
        return new NetlinkConnection(NetlinkSocket.open(protocol));
    }

    /** Lets one send be up to that many bytes long, beyond the system's limit. Needs CAP_NET_ADMIN. */
    public void sendBufferBytes(int bytes) throws IOException {
        socket.sendBufferBytes(bytes);
    }

    /** Returns the port that the kernel knows this connection by. */
    public int portId() {
        return socket.portId();
    }

    /**
     * Sends one request and waits for its acknowledgement.
     *
     * @param operation what it is for, for the error's text
     * @param object of what, for the error's text
     * @return what the kernel answered besides, such as the echo that NLM_F_ECHO asks for
     * @throws NetlinkException when the kernel refuses
     */
    public List<NetlinkMessage> request(String operation, String object, NetlinkMessage message) throws IOException {
        return requestAll(List.of(new Request(operation, object, message)));
    }

    /**
     * A message, and what it is for.
     *
     * @param operation what it is for, for the error's text
     * @param object of what
     * @param message the message
     */
    public record Request(String operation, String object, NetlinkMessage message) {}

    /**
     * Sends several requests at once, {@value #MAX_REQUESTS_PER_SEND} to a datagram, and waits for every acknowledgement. The
     * kernel carries them out in order and goes on after one that it refuses; they are not a transaction.
     *
     * @return what the kernel answered besides
     * @throws NetlinkException of the first that the kernel refused, the others attached as suppressed
     */
    public List<NetlinkMessage> requestAll(List<Request> requests) throws IOException {
        Answers answers = new Answers(lastSequence + 1, requests.size());
        for (int from = 0; from < requests.size(); from += MAX_REQUESTS_PER_SEND) {
            int to = Math.min(from + MAX_REQUESTS_PER_SEND, requests.size());
            AttributeWriter out = new AttributeWriter(512);
            for (Request request : requests.subList(from, to)) {
                request.message().writeTo(out, ++lastSequence, NLM_F_ACK);
            }
            send(out);
            while (answers.open > requests.size() - to) {
                receive(answers);
            }
        }
        throwRefusals(answers, refusal -> requests.get(refusal.index()));
        return answers.messages;
    }

    private static void throwRefusals(Answers answers, Function<NetlinkException.Refusal, Request> naming)
            throws NetlinkException {
        NetlinkException failure = null;
        for (NetlinkException.Refusal refusal : answers.refusals) {
            Request request = naming.apply(refusal);
            NetlinkException next = new NetlinkException(request.operation(), request.object(), refusal);
            if (failure == null) {
                failure = next;
            } else {
                failure.addSuppressed(next);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Sends the messages of a transaction in one datagram and waits for the acknowledgement of one of them, the last that
     * the kernel answers.
     *
     * @param acknowledged the index of that message
     * @param naming what the message was for that the kernel refused, for the error's text
     * @throws NetlinkException of the first message that the kernel refused, which undoes all; the others attached as
     *     suppressed
     */
    public List<NetlinkMessage> transact(
            List<NetlinkMessage> messages, int acknowledged, Function<NetlinkException.Refusal, Request> naming)
            throws IOException {
        int first = lastSequence + 1;
        send(written(messages, acknowledged));
        Answers answers = new Answers(first, messages.size());
        receiveUntil(acknowledged, answers);
        throwRefusals(answers, naming);
        return answers.messages;
    }

    /**
     * Sends messages in one datagram and tells whether the kernel acknowledges one of them: a probe for what older kernels
     * leave unanswered. It does not wait, since the answer is there when the send returns.
     *
     * @param acknowledged the index of that message
     * @throws NetlinkException when the kernel refuses any of them
     */
    public boolean acknowledges(
            List<NetlinkMessage> messages, int acknowledged, Function<NetlinkException.Refusal, Request> naming)
            throws IOException {
        Answers answers = new Answers(lastSequence + 1, messages.size());
        send(written(messages, acknowledged));
        for (Optional<byte[]> next = socket.receive(Duration.ZERO); next.isPresent(); ) {
            answers.add(next.get());
            next = socket.receive(Duration.ZERO);
        }
        throwRefusals(answers, naming);
        return answers.isAnswered(acknowledged);
    }

    private AttributeWriter written(List<NetlinkMessage> messages, int acknowledged) {
        AttributeWriter out = new AttributeWriter(4096);
        for (int i = 0; i < messages.size(); i++) {
            messages.get(i).writeTo(out, ++lastSequence, i == acknowledged ? NLM_F_ACK : 0);
        }
        return out;
    }

    /**
     * Asks for all objects of a kind. A dump that a change disturbed is begun again, {@value #MAX_DUMP_ATTEMPTS} times at
     * the most.
     *
     * @throws NetlinkException when the kernel refuses, or with EINTR when changes disturbed every attempt
     */
    public List<NetlinkMessage> dump(String object, NetlinkMessage message) throws IOException {
        for (int attempt = 0; attempt < MAX_DUMP_ATTEMPTS; attempt++) {
            AttributeWriter out = new AttributeWriter(128);
            message.writeTo(out, ++lastSequence, NLM_F_DUMP);
            Answers answers = new Answers(lastSequence, 1);
            send(out);
            while (answers.open > 0) {
                receive(answers);
            }
            throwRefusals(answers, refusal -> new Request("dump", object, message));
            if (!answers.interrupted) {
                return answers.messages;
            }
        }
        String text = "changed while it was read, " + MAX_DUMP_ATTEMPTS + " times in a row";
        throw new NetlinkException("dump", object, new NetlinkException.Refusal(Errno.EINTR, text, -1, 0));
    }

    /**
     * An error may come for any message, and when one was refused the kernel may not answer the awaited one; but what it has
     * to say is there. Answers that did not fit the receive buffer are lost, the first ones never.
     */
    private void receiveUntil(int awaited, Answers answers) throws IOException {
        while (!answers.isAnswered(awaited)) {
            Duration wait = answers.refusals.isEmpty() ? ANSWER_TIMEOUT : Duration.ZERO;
            try {
                Optional<byte[]> datagram = socket.receive(wait);
                if (datagram.isEmpty() && !answers.refusals.isEmpty()) {
                    return;
                }
                answers.add(datagram.orElseThrow(NetlinkConnection::silence));
            } catch (LinuxException overrun) {
                if (!overrun.errno().equals(Errno.ENOBUFS)) {
                    throw overrun;
                }
            }
        }
    }

    private void send(AttributeWriter out) throws IOException {
        socket.send(out.buffer(), out.length());
    }

    private void receive(Answers answers) throws IOException {
        answers.add(socket.receive(ANSWER_TIMEOUT).orElseThrow(NetlinkConnection::silence));
    }

    private static IOException silence() {
        return new IOException(
                "the kernel did not answer a netlink request within " + ANSWER_TIMEOUT.toSeconds() + " s");
    }

    /** What came back for the requests from {@code first} on. */
    private static final class Answers {
        private final int first;
        private final int count;
        private final List<NetlinkMessage> messages = new ArrayList<>();
        private final List<NetlinkException.Refusal> refusals = new ArrayList<>();
        private int open;
        private boolean interrupted;
        private final Set<Integer> answered = new HashSet<>();

        Answers(int first, int count) {
            this.first = first;
            this.count = count;
            this.open = count;
        }

        void add(byte[] datagram) {
            MessageReader.read(datagram, this::add);
        }

        private void add(NetlinkMessage message) {
            int index = message.sequence() - first;
            if (index < 0 || index >= count) {
                return;
            }
            interrupted |= message.hasFlags(NLM_F_DUMP_INTR);
            switch (message.type()) {
                case NetlinkMessage.NLMSG_ERROR -> end(MessageReader.refusal(message, index), index);
                case NetlinkMessage.NLMSG_DONE -> end(MessageReader.doneRefusal(message, index), index);
                default -> messages.add(message);
            }
        }

        boolean isAnswered(int index) {
            return answered.contains(index);
        }

        private void end(Optional<NetlinkException.Refusal> refusal, int index) {
            refusal.ifPresent(refusals::add);
            open--;
            answered.add(index);
        }
    }

    /** Closes the socket, which wakes a thread that waits for an answer; harmless when closed already. */
    @Override
    public void close() {
        socket.close();
    }
}
