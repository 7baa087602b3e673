package org.scepgate.enrollment;

import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.policy.EnrollmentRequest;
import org.scepgate.scep.CertificateId;
import org.scepgate.scep.CertificationRequest;
import org.scepgate.scep.FailInfo;
import org.scepgate.scep.MessageType;
import org.scepgate.scep.ReplyAddress;

/** What a pkiMessage turned out to be, once it was read. */
sealed interface Received {
    ReplyAddress replyTo();

    /** The messageType in words, for metrics and the audit log. */
    String messageType();

    /** Hides the challenge that the message carries, if any; by default its content tells of none. */
    default ChallengeMask mask() {
        return ChallengeMask.UNREAD;
    }

    /** What it asks to have certified, if that is what it asks. */
    default Optional<Enrolment> certification() {
        return Optional.empty();
    }

    <T> T fold(Cases<T> cases);

    /** What to make of each kind; a new kind breaks every caller at compile time. */
    interface Cases<T> {
        T enrolment(Enrolment enrolment);

        T poll(Poll poll);

        T renewal(Renewal renewal);

        T certificateQuery(CertificateQuery query);

        T crlQuery(CrlQuery query);

        T rejected(Rejected rejected);
    }

    /** A PKCSReq of somebody who has no certificate of ours yet. */
    record Enrolment(ReplyAddress replyTo, String messageType, EnrollmentRequest request, CertificationRequest sent)
            implements Received {
        Optional<String> challengePassword() {
            return sent.challengePassword();
        }

        @Override
        public ChallengeMask mask() {
            return ChallengeMask.of(challengePassword());
        }

        @Override
        public Optional<Enrolment> certification() {
            return Optional.of(this);
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.enrolment(this);
        }

        /** Leaves the challenge out. */
        @Override
        public String toString() {
            return "Enrolment[" + mask().hide(replyTo.transactionId().value()) + "]";
        }
    }

    /** A CertPoll; what it names is never looked at, its transaction and its signer are (RFC 8894 section 3.3.3). */
    record Poll(ReplyAddress replyTo, String messageType) implements Received {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.poll(this);
        }

        /** Section 4.4: no poll without a request. */
        Rejected unknown() {
            return new Rejected(replyTo, messageType, FailInfo.BAD_CERT_ID, "poll-unknown");
        }
    }

    /**
     * A request whose signer certificate a CA of ours signed; whether it renews that certificate is to be decided.
     *
     * @param renewalReq a RenewalReq, not a PKCSReq
     */
    record Renewal(Enrolment enrolment, X509CertificateHolder signer, boolean renewalReq) implements Received {
        @Override
        public ChallengeMask mask() {
            return enrolment.mask();
        }

        @Override
        public Optional<Enrolment> certification() {
            return Optional.of(enrolment);
        }

        @Override
        public ReplyAddress replyTo() {
            return enrolment.replyTo();
        }

        @Override
        public String messageType() {
            return enrolment.messageType();
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.renewal(this);
        }
    }

    /** A GetCert. */
    record CertificateQuery(ReplyAddress replyTo, String messageType, CertificateId id) implements Received {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.certificateQuery(this);
        }
    }

    /** A GetCRL; the id is that of a certificate which the CRL would list, or of the CA's own. */
    record CrlQuery(ReplyAddress replyTo, String messageType, CertificateId id) implements Received {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.crlQuery(this);
        }
    }

    /**
     * A message that nobody needs to decide on.
     *
     * @param reason a stable token for the operator
     */
    record Rejected(ReplyAddress replyTo, String messageType, FailInfo failInfo, String reason, ChallengeMask mask)
            implements Received {
        Rejected(ReplyAddress replyTo, String messageType, FailInfo failInfo, String reason) {
            this(replyTo, messageType, failInfo, reason, ChallengeMask.UNREAD);
        }

        /** Whether it would have been a GetCert or a GetCRL. */
        boolean isQuery() {
            return messageType.equals(MessageType.GET_CERT.name()) || messageType.equals(MessageType.GET_CRL.name());
        }

        /** Whether it could have shown that something was right, had it been: by its type in the clear alone. */
        boolean mayBeGuess() {
            return !isQuery() && !messageType.equals(MessageType.CERT_POLL.name());
        }

        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.rejected(this);
        }
    }
}
