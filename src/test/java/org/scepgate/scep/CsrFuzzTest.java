package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.policy.Csr;
import org.scepgate.policy.UnreadableCsrException;
import org.scepgate.testing.FuzzRun;
import org.scepgate.testing.TestCsr;

/** Any bytes inside an envelope are a CSR that the policy can judge, or unreadable. */
class CsrFuzzTest {
    private static final FuzzRun RUN = new FuzzRun("Csr");

    static Stream<byte[]> seeds() {
        TestCsr named = TestCsr.of(Keys.DEVICE)
                .subject(new X500Name("CN=device-42+UID=7,OU=\\,x,O=Acme,C=DE"))
                .dns("device-42.acme.example")
                .email("device@acme.example")
                .uri("urn:uuid:1")
                .ip("192.0.2.1")
                .upn("device@acme.example");
        return Stream.of(
                Csrs.plain(),
                Csrs.withChallenge(new DERUTF8String("ä")),
                Csrs.withChallenge(new DERPrintableString("")),
                Csrs.of(Keys.EC, "SHA256withECDSA"),
                named.challenge("c").encoded());
    }

    @MethodSource("seeds")
    @FuzzTest
    void isReadOrRefused(byte[] content) throws Exception {
        RUN.attempt(() -> isRead(content));
    }

    @AfterAll
    static void report() {
        RUN.report();
    }

    private static boolean isRead(byte[] content) {
        try {
            CsrStructure structure = CsrStructure.readFirst(content);
            PublicKeys.find(structure.publicKey());
            SignatureScheme.find(structure.csr().getSignatureAlgorithm());
            Csr csr = Csr.of(structure.csr());
            assertThat(Csr.decode(csr.encoded()).requestSha256()).isEqualTo(csr.requestSha256());
            assertThat(csr.subject().matches(csr.subject())).isTrue();
            assertThat(csr.subject().toString() + csr.subjectAltNames() + csr.unsupportedSans())
                    .isNotNull();
            return true;
        } catch (UnreadableException | UnreadableCsrException refused) {
            return false;
        }
    }
}
