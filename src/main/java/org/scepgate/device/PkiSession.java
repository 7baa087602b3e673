package org.scepgate.device;

import java.security.SecureRandom;
import java.util.Optional;
import org.scepgate.scep.CertRep;
import org.scepgate.scep.CertRepDecoder;
import org.scepgate.scep.DeviceKey;
import org.scepgate.scep.PkiRequest;
import org.scepgate.scep.PkiRequestEncoder;
import org.scepgate.scep.RequestAlgorithms;
import org.scepgate.scep.TransactionId;
import org.scepgate.scep.UntrustedReplyException;

/** Messages between one key and one server, in one choice of algorithms. */
final class PkiSession {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ScepServer server;
    private final DeviceKey signer;
    private final PkiRequestEncoder requests;
    private final CertRepDecoder replies;
    private final boolean byGet;

    private PkiSession(
            ScepServer server, DeviceKey signer, PkiRequestEncoder requests, CertRepDecoder replies, boolean byGet) {
        this.server = server;
        this.signer = signer;
        this.requests = requests;
        this.replies = replies;
        this.byGet = byGet;
    }

    /** @param challenge what answers are encrypted under if the signer's key cannot decrypt */
    static PkiSession open(
            ScepServer server, DeviceKey signer, RequestAlgorithms algorithms, Optional<String> challenge)
            throws CommandException {
        try {
            return new PkiSession(
                    server,
                    signer,
                    new PkiRequestEncoder(signer, server.recipient(), algorithms, RANDOM),
                    new CertRepDecoder(server.authority().certificates(), signer, challenge, algorithms),
                    !server.capabilities().has("POSTPKIOperation"));
        } catch (IllegalArgumentException e) {
            throw CommandException.fault("the key of the CA or RA cannot decrypt, so nothing can be sent to it");
        }
    }

    PkiSession byGet() {
        return new PkiSession(server, signer, requests, replies, true);
    }

    ScepServer server() {
        return server;
    }

    DeviceKey signer() {
        return signer;
    }

    PkiRequestEncoder requests() {
        return requests;
    }

    static TransactionId newTransaction() {
        return TransactionId.random(RANDOM);
    }

    HttpAnswer send(PkiRequest request) throws CommandException {
        ScepClient client = server.client();
        return byGet ? client.getMessage(request.encoded()) : client.post(request.encoded());
    }

    CertRep read(HttpAnswer answer, PkiRequest request) throws CommandException {
        if (!answer.isOk()) {
            throw CommandException.fault("PKIOperation: HTTP " + answer.status()
                    + answer.retryAfter()
                            .map(seconds -> ", come again in " + seconds + " s")
                            .orElse(""));
        }
        try {
            return replies.decode(answer.body(), request);
        } catch (UntrustedReplyException e) {
            throw CommandException.fault("PKIOperation: " + e.getMessage());
        }
    }
}
