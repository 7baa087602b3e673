package org.scepgate.device;

import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.scep.AnnouncedCapabilities;
import org.scepgate.scep.UntrustedReplyException;

/** A server that has told what it can do and who it is. */
record ScepServer(
        ScepClient client, AnnouncedCapabilities capabilities, Authority authority, X509CertificateHolder recipient) {

    /** @param caFingerprint SHA-256 of the CA's certificate, if somebody has compared it */
    static ScepServer contact(ScepClient client, Optional<String> caFingerprint) throws CommandException {
        HttpAnswer capabilities = client.get("GetCACaps");
        // RFC 8894 section 3.5.1: a server may know no GetCACaps; then it can do nothing beyond the minimum.
        AnnouncedCapabilities announced =
                AnnouncedCapabilities.read(capabilities.isOk() ? capabilities.body() : new byte[0]);
        Authority authority = authority(client);
        if (caFingerprint.isPresent()) {
            authority = authority.trusting(caFingerprint.get());
        }
        X509CertificateHolder recipient = authority
                .findRecipient()
                .orElseThrow(() -> CommandException.fault("GetCACert gave no CA certificate to trust"));
        return new ScepServer(client, announced, authority, recipient);
    }

    private static Authority authority(ScepClient client) throws CommandException {
        HttpAnswer answer = client.get("GetCACert");
        if (!answer.isOk()) {
            throw CommandException.fault("GetCACert: HTTP " + answer.status() + " from " + client.url());
        }
        try {
            return Authority.read(answer);
        } catch (UntrustedReplyException e) {
            throw CommandException.fault("GetCACert: " + e.getMessage());
        }
    }
}
