package dev.bailey.bench.http;

import java.io.IOException;

/**
 * What a server answered.
 *
 * @param status the status code
 * @param body the body, empty where there was none
 */
public record HttpAnswer(int status, String body) {
    private static final int SHOWN_CHARACTERS = 300;

    /**
     * Returns this answer if it tells of success.
     *
     * @param request what was asked, for the error's text
     * @throws IOException when the status is not of the 200s
     */
    public HttpAnswer orThrow(String request) throws IOException {
        if (status < 200 || status > 299) {
            String shown = body.length() > SHOWN_CHARACTERS ? body.substring(0, SHOWN_CHARACTERS) : body;
            throw new IOException(request + " was answered " + status + ": " + shown.strip());
        }
        return this;
    }
}
