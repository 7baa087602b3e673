package org.scepgate.scep;

/** The {@code message} parameter of a GET PKIOperation (RFC 8894 section 4.1), as clients really send it. */
public final class GetMessage {
    private GetMessage() {}

    /** @param rawQuery the query string of the request line, nothing of it decoded */
    public static byte[] decode(String rawQuery) throws MalformedMessageException {
        throw new UnsupportedOperationException();
    }
}
