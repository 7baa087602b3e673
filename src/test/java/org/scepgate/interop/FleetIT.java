package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.KeyPair;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;

/**
 * FleetDM finds the certificates that it renews by an id in their subject, {@code fleet-} and the UUID of its profile with a
 * letter before it, and signs with keys that are not the certificate's.
 */
@ExtendWith(Scepgate.Extension.class)
class FleetIT {
    private static final String ID = "fleet-af18e381e-f5db-47fd-8026-1a91599f18e6";
    private static final String IN_CN = "CN=C02ABC123XYZ WIFI " + ID;
    private static final String IN_OU = "CN=C02ABC123XYZ WIFI,OU=" + ID;

    private final Scepgate scepgate;
    private final AdapterHttp http;
    /** Its key is thrown away. */
    private final TestDevice fleet;

    private final KeyPair keys = TestKeys.rsa();

    FleetIT(Scepgate scepgate) {
        this.scepgate = scepgate;
        this.http = new AdapterHttp(scepgate.server().url());
        this.fleet = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.FLEET));
    }

    @Test
    void theRenewalIdInTheCnSurvivesAPatternBinding() {
        assertHolds(send(IN_CN, http.challenge(Scepgate.FLEET)), IN_CN);
    }

    @Test
    void theRenewalIdInTheOuSurvivesAPatternBinding() {
        ObjectNode wish = TestMdm.wish(Scepgate.FLEET, "");
        wish.remove("subject");
        wish.remove("subjectAltNames");
        wish.put("match", "pattern");
        wish.withArray("subjectPattern").addObject().put("type", "CN").put("pattern", "[A-Z0-9]{8,20} WIFI");
        wish.withArray("subjectPattern").addObject().put("type", "OU").put("pattern", "fleet-[a-z][0-9a-f-]{36}");

        CertRep answer = send(IN_OU, scepgate.mdm().challenge(wish).secret());

        assertHolds(answer, IN_OU);
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_CN, IN_OU})
    void theRenewalIdSurvivesAnExactBinding(String subject) {
        String challenge = scepgate.mdm().challenge(Scepgate.FLEET, subject).secret();

        assertHolds(send(subject, challenge), subject);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=C02ABC123XYZ WIFI",
                "CN=C02ABC123XYZ WIFI fleet-f18e381e",
                "CN=C02ABC123XYZ WIFI FLEET-AF18E381E-F5DB-47FD-8026-1A91599F18E6"
            })
    void whatIsNoRenewalIdIsRefused(String subject) {
        CertRep answer = send(subject, http.challenge(Scepgate.FLEET));

        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.failInfo()).contains("2");
    }

    private CertRep send(String subject, String challenge) {
        return fleet.send(fleet.request(TestCsr.of(keys).subject(subject).challenge(challenge)));
    }

    private void assertHolds(CertRep answer, String subject) {
        X509CertificateHolder issued = answer.issued(fleet.signer());
        CertificateJudge.certifies(issued, keys.getPublic());
        // As text: names that differ in case or in the order of their RDNs are equal to Bouncy Castle.
        assertThat(issued.getSubject()).hasToString(subject);
    }
}
