package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.jscep.client.Client;
import org.jscep.client.ClientException;
import org.jscep.client.EnrollmentResponse;
import org.jscep.transaction.FailInfo;
import org.jscep.transaction.TransactionException;
import org.jscep.transaction.TransactionId;
import org.jscep.transport.Transport;
import org.jscep.transport.TransportFactory.Method;
import org.jscep.transport.UrlConnectionTransportFactory;
import org.jscep.transport.response.Capabilities;
import org.jscep.transport.response.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestSigner;

/** jscep, the library inside Intune's Android client and many others. */
@ExtendWith(Scepgate.Extension.class)
class JscepIT {
    @TempDir
    Path folder;

    private final Scepgate scepgate;
    private final KeyPair keys = TestKeys.rsa();

    JscepIT(Scepgate scepgate) {
        this.scepgate = scepgate;
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void enrolsWithAChallengeOfTheApi(Method method) throws Exception {
        String host = "jscep-" + method.name().toLowerCase(Locale.ROOT) + ".acme.example";
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.DEMO, "CN=" + host + ",O=Acme", host);
        Client client = client(Scepgate.DEMO);
        client.setTransportFactory(new FixedMethod(method));

        EnrollmentResponse response = enrol(client, host, challenge.secret());

        assertThat(response.isSuccess()).isTrue();
        Certificate first =
                response.getCertStore().getCertificates(null).iterator().next();
        X509CertificateHolder issued = new JcaX509CertificateHolder((X509Certificate) first);
        new CertificateJudge(scepgate.ca().certificate()).accepts(issued, folder);
        CertificateJudge.holdsExactly(issued, "CN=" + host + ",O=Acme", host);
        CertificateJudge.certifies(issued, keys.getPublic());
        assertThat(scepgate.mdm().stateOf(challenge)).isEqualTo("REDEEMED");
    }

    @Test
    void isRefusedWithAWrongChallenge() throws Exception {
        EnrollmentResponse response = enrol(client(Scepgate.DEMO), "jscep-refused.acme.example", "wrong");

        assertThat(response.isFailure()).isTrue();
        assertThat(response.getFailInfo()).isEqualTo(FailInfo.badRequest);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void pollsUntilItsRequestIsApproved(Method method) throws Exception {
        String host = "jscep-held-" + method.name().toLowerCase(Locale.ROOT) + ".acme.example";
        TestMdm.Challenge challenge = scepgate.mdm().challenge(Scepgate.BOTH, "CN=" + host + ",O=Acme", host);
        Client client = client(Scepgate.BOTH);
        client.setTransportFactory(new FixedMethod(method));

        EnrollmentResponse first = enrol(client, host, challenge.secret());
        EnrollmentResponse waiting = poll(client, host, first.getTransactionId());
        scepgate.operator().approve(scepgate.operator().requirePending(Scepgate.BOTH, "CN=" + host + ",O=Acme"));
        EnrollmentResponse last = poll(client, host, first.getTransactionId());

        assertThat(first.isPending()).isTrue();
        assertThat(waiting.isPending()).isTrue();
        assertThat(last.isSuccess()).isTrue();
        Certificate issued =
                last.getCertStore().getCertificates(null).iterator().next();
        CertificateJudge.certifies(new JcaX509CertificateHolder((X509Certificate) issued), keys.getPublic());
    }

    @Test
    void choosesModernAlgorithmsByTheCapabilities() throws Exception {
        Capabilities capabilities = client(Scepgate.DEMO).getCaCapabilities();

        assertThat(capabilities.getStrongestCipher()).isEqualTo("AES");
        assertThat(capabilities.getStrongestMessageDigest().getAlgorithm()).isEqualTo("SHA-512");
        assertThat(capabilities.isPostSupported()).isTrue();
        assertThat(capabilities.contains(Capability.TRIPLE_DES)).isFalse();
    }

    private EnrollmentResponse enrol(Client client, String host, String challenge)
            throws GeneralSecurityException, ClientException, TransactionException {
        TestCsr csr = TestCsr.of(keys).subject(subject(host)).dns(host).challenge(challenge);
        return client.enrol(identity(host), keys.getPrivate(), csr.build());
    }

    private EnrollmentResponse poll(Client client, String host, TransactionId transaction)
            throws GeneralSecurityException, ClientException, TransactionException {
        return client.poll(identity(host), keys.getPrivate(), new X500Principal(subject(host)), transaction);
    }

    /** A new certificate every time: what counts is its key. */
    private X509Certificate identity(String host) throws GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(TestSigner.selfSigned(keys, subject(host)).certificate());
    }

    private static String subject(String host) {
        return "CN=" + host + ",O=Acme";
    }

    private Client client(String profile) throws MalformedURLException {
        return new Client(
                scepgate.endpoint(profile).url().toURL(), (X509Certificate certificate) -> isOurCa(certificate));
    }

    private boolean isOurCa(X509Certificate certificate) {
        try {
            return new X509CertificateHolder(certificate.getEncoded())
                    .equals(scepgate.ca().certificate());
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    /** Uses one HTTP method whatever the capabilities say. */
    private static final class FixedMethod extends UrlConnectionTransportFactory {
        private final Method method;

        private FixedMethod(Method method) {
            this.method = method;
        }

        @Override
        public Transport forMethod(Method proposed, URL url) {
            // The client proposes POST for PKIOperation alone.
            return super.forMethod(proposed == Method.POST ? method : proposed, url);
        }
    }
}
