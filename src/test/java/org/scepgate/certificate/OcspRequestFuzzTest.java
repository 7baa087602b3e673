package org.scepgate.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.testing.FuzzRun;

/** Any bytes are an OCSP request or none. */
class OcspRequestFuzzTest {
    private static final FuzzRun RUN = new FuzzRun("OCSP");

    static Stream<byte[]> seeds() throws Exception {
        CertID id = new CertID(
                new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1),
                new DEROctetString(new byte[20]),
                new DEROctetString(new byte[20]),
                new org.bouncycastle.asn1.ASN1Integer(BigInteger.TEN));
        Extension nonce =
                Extension.create(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(new byte[16]));
        byte[] deep = new byte[OcspRequest.LARGEST];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        return Stream.of(
                new OCSPReqBuilder()
                        .addRequest(new CertificateID(id))
                        .setRequestExtensions(new Extensions(nonce))
                        .build()
                        .getEncoded(),
                deep,
                new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1, 0x30, 0});
    }

    @MethodSource("seeds")
    @FuzzTest
    void isReadOrNone(byte[] der) throws Exception {
        RUN.attempt(() -> isRead(der));
    }

    @AfterAll
    static void report() {
        RUN.report();
    }

    private static boolean isRead(byte[] der) {
        Optional<OcspRequest> read = OcspRequest.decode(der);
        read.ifPresent(request -> assertThat(request.asked()).isNotEmpty());
        return read.isPresent();
    }
}
