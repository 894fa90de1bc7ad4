package dev.bailey.api.stream;

/** The media types that say how the bytes of a stream are to be read. */
public final class StreamTypes {
    /** Bytes of a terminal as they come. */
    public static final String RAW = "application/vnd.docker.raw-stream";

    /** Pieces of standard output and standard error, each behind a {@link FrameHeader}. */
    public static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    private StreamTypes() {}
}
