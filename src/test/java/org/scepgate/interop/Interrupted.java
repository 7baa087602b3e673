package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.MessageBuilder;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;
import org.scepgate.testing.TestOperator;
import org.scepgate.testing.TestPostgres;

/** Something that is asked of a server which may be killed in the middle, and what must be true of it afterwards. */
interface Interrupted {
    /** Asks; the answer may never come. */
    HttpResponse<byte[]> ask();

    /** The certificates in the database that it was asked for, or the one that it has revoked. */
    List<X509CertificateHolder> done() throws SQLException;

    /** Asks again, as devices and operators do who had no answer, until it is done; gives the certificate. */
    default X509CertificateHolder askAgain() {
        return read(ask());
    }

    /** The certificate in an answer that came, if there is one in it. */
    X509CertificateHolder read(HttpResponse<byte[]> answer);

    /** The type of event that tells of it. */
    String event();

    /** What kinds there are. */
    enum Kind {
        ENROLMENT,
        APPROVAL,
        RENEWAL,
        REVOCATION
    }

    /** Who asks, and whom. */
    record Parties(TestMdm mdm, TestOperator operator, TestDevice device, TestPostgres.Database database) {
        Interrupted begin(Kind kind, String name) {
            return switch (kind) {
                case ENROLMENT -> new Enrolment(this, name);
                case APPROVAL -> new Approval(this, name);
                case RENEWAL -> new Renewal(this, name);
                case REVOCATION -> new Revocation(this, name);
            };
        }

        private TestDevice enrolled(String name) {
            return device.holding(
                    device.enrol(device.csr(name, mdm.challenge("demo", name).secret())));
        }
    }

    /** A PKCSReq with a challenge. */
    final class Enrolment implements Interrupted {
        private final Parties parties;
        private final TestDevice device;
        private final TestMdm.Challenge challenge;
        private final byte[] csr;

        private Enrolment(Parties parties, String name) {
            this.parties = parties;
            this.device = parties.device();
            this.challenge = parties.mdm().challenge("demo", name);
            this.csr = device.csr(name, challenge.secret()).encoded();
        }

        @Override
        public HttpResponse<byte[]> ask() {
            return device.endpoint().post(device.request(csr).build());
        }

        @Override
        public List<X509CertificateHolder> done() throws SQLException {
            return Issued.in(parties.database()).forChallenge(challenge);
        }

        @Override
        public X509CertificateHolder read(HttpResponse<byte[]> answer) {
            return device.read(answer).issued(device.signer());
        }

        @Override
        public String event() {
            return "certificate.issued";
        }
    }

    /** An operator's approval of a request with a challenge. */
    final class Approval implements Interrupted {
        private final Parties parties;
        private final TestDevice device;
        private final TestMdm.Challenge challenge;
        private final MessageBuilder request;
        private final String id;

        private Approval(Parties parties, String name) {
            this.parties = parties;
            this.device = parties.device().at(parties.device().endpoint().beside("both"));
            this.challenge = parties.mdm().challenge("both", name);
            this.request = device.request(device.csr(name, challenge.secret()));
            assertThat(device.send(request).pkiStatus()).isEqualTo("3");
            this.id = parties.operator().requirePending("both", name);
        }

        @Override
        public HttpResponse<byte[]> ask() {
            return parties.operator().approve(id);
        }

        @Override
        public List<X509CertificateHolder> done() throws SQLException {
            return Issued.in(parties.database()).forChallenge(challenge);
        }

        @Override
        public X509CertificateHolder read(HttpResponse<byte[]> answer) {
            assertThat(answer.statusCode()).isEqualTo(200);
            return device.send(device.poll(request)).issued(device.signer());
        }

        @Override
        public String event() {
            return "certificate.issued";
        }
    }

    /** A RenewalReq. */
    final class Renewal implements Interrupted {
        private final Parties parties;
        private final TestDevice holder;
        private final byte[] csr;

        private Renewal(Parties parties, String name) {
            this.parties = parties;
            this.holder = parties.enrolled(name);
            this.csr = holder.csr(name).encoded();
        }

        @Override
        public HttpResponse<byte[]> ask() {
            return holder.endpoint().post(holder.request(csr).messageType("17").build());
        }

        @Override
        public List<X509CertificateHolder> done() throws SQLException {
            return Issued.in(parties.database()).renewalsOf(holder.signer().certificate());
        }

        @Override
        public X509CertificateHolder read(HttpResponse<byte[]> answer) {
            return holder.read(answer).issued(holder.signer());
        }

        @Override
        public String event() {
            return "certificate.renewed";
        }
    }

    /** An operator's order. */
    final class Revocation implements Interrupted {
        private final Parties parties;
        private final X509CertificateHolder certificate;

        private Revocation(Parties parties, String name) {
            this.parties = parties;
            this.certificate = parties.enrolled(name).signer().certificate();
        }

        @Override
        public HttpResponse<byte[]> ask() {
            return parties.operator().tryToRevoke(certificate, "keyCompromise");
        }

        @Override
        public List<X509CertificateHolder> done() throws SQLException {
            return Issued.in(parties.database()).isRevoked(certificate) ? List.of(certificate) : List.of();
        }

        @Override
        public X509CertificateHolder askAgain() {
            ask();
            JsonNode seen = parties.operator().certificate(certificate);
            assertThat(seen.get("state").asText()).isEqualTo("REVOKED");
            return certificate;
        }

        @Override
        public X509CertificateHolder read(HttpResponse<byte[]> answer) {
            assertThat(answer.statusCode()).isEqualTo(200);
            return certificate;
        }

        @Override
        public String event() {
            return "certificate.revoked";
        }
    }
}
