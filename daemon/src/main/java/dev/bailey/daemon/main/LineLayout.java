package dev.bailey.daemon.main;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * An event as one line: time, level, the class that speaks, message; a failure with its causes and where each was thrown
 * behind it, so that programs that read the log line by line lose nothing.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());
    private static final int MAX_FRAMES = 12;
    private static final int MAX_CAUSES = 8;

    @Override
    public String doLayout(ILoggingEvent event) {
        String logger = event.getLoggerName();
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(event.getLevel()).append(' ');
        line.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
        appendInOneLine(line, event.getFormattedMessage());
        @Nullable IThrowableProxy failure = event.getThrowableProxy();
        for (int depth = 0; failure != null && depth < MAX_CAUSES; depth++, failure = failure.getCause()) {
            appendFailure(line, failure);
        }
        return line.append('\n').toString();
    }

    private static void appendFailure(StringBuilder line, IThrowableProxy failure) {
        line.append(" | ").append(failure.getClassName()).append(": ");
        appendInOneLine(line, String.valueOf(failure.getMessage()));
        StackTraceElementProxy[] frames = failure.getStackTraceElementProxyArray();
        int own = frames.length - failure.getCommonFrames();
        for (int i = 0; i < Math.min(own, MAX_FRAMES); i++) {
            line.append(i == 0 ? " at " : " < ").append(frames[i].getStackTraceElement());
        }
    }

    private static void appendInOneLine(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? ' ' : c);
        }
    }
}
