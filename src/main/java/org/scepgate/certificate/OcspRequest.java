package org.scepgate.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.ocsp.CertificateID;

/**
 * What an OCSPRequest (RFC 6960 section 4.1.1) asks. Its signature, if it has one, proves nothing that is needed here and
 * is not looked at.
 *
 * @param nonce RFC 9654
 */
record OcspRequest(List<CertificateID> asked, Optional<byte[]> nonce) {
    /** A request for twenty certificates by SHA-256 takes half of it. */
    static final int LARGEST = 4096;

    private static final int MOST = 20;
    private static final int LONGEST_NONCE = 128;
    private static final int LONGEST_SERIAL_BITS = 160;

    /** Empty for what is no request, or asks for too much at once. */
    static Optional<OcspRequest> decode(byte[] der) {
        if (der.length == 0 || der.length > LARGEST) {
            return Optional.empty();
        }
        try {
            TBSRequest request = OCSPRequest.getInstance(der).getTbsRequest();
            OcspRequest read = new OcspRequest(asked(request.getRequestList()), nonce(request));
            return Optional.of(read).filter(OcspRequest::isWellFormed);
        } catch (IllegalArgumentException | IllegalStateException | IOException | ClassCastException unreadable) {
            return Optional.empty();
        }
    }

    private static List<CertificateID> asked(ASN1Sequence requests) {
        return Arrays.stream(requests.toArray())
                .map(Request::getInstance)
                .map(Request::getReqCert)
                .map(CertID::getInstance)
                .map(CertificateID::new)
                .toList();
    }

    private static Optional<byte[]> nonce(TBSRequest request) throws IOException {
        Extension nonce = request.getRequestExtensions() == null
                ? null
                : request.getRequestExtensions().getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        return nonce == null
                ? Optional.empty()
                : Optional.of(ASN1OctetString.getInstance(nonce.getExtnValue().getOctets())
                        .getOctets());
    }

    private boolean isWellFormed() {
        return !asked.isEmpty()
                && asked.size() <= MOST
                && nonce.filter(bytes -> bytes.length == 0 || bytes.length > LONGEST_NONCE)
                        .isEmpty();
    }

    /** Whether any certificate can have this serial number (RFC 5280 section 4.1.2.2). */
    static boolean isPossible(BigInteger serial) {
        return serial.signum() > 0 && serial.bitLength() <= LONGEST_SERIAL_BITS;
    }
}
