package org.scepgate.challenge;

import io.smallrye.mutiny.Uni;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.platform.ConfigurationException;
import org.scepgate.platform.UnavailableException;
import org.scepgate.policy.Authentication;

/** Port: a service that makes challenges, judges the requests that come with them, and is told of certificates. */
public interface OutsideAuthority {

    /** What the rows and the audit log call it. */
    String name();

    /** The profiles that ask it. */
    Authentication serves();

    /** @throws ConfigurationException naming the key, if it cannot be asked with the settings there are */
    void requireConfigured();

    /** Whether the request may have its certificate; fails with {@link UnavailableException} if nobody can say. */
    Uni<Opinion> judge(PresentedRequest request);

    /** Tells it of a certificate; unless it says yes, the device must not get that. Never fails. */
    Uni<Opinion> confirm(PresentedRequest request, X509CertificateHolder certificate);

    /** Tells it that a request it said yes to had no certificate, by a fault of ours. Never fails. */
    Uni<Void> reportFault(PresentedRequest request);
}
