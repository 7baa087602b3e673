package org.scepgate.enrollment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.ca.CaKeys;
import org.scepgate.enrollment.EndpointConfig.CaCertificatesConfig;
import org.scepgate.enrollment.EndpointConfig.CaCertificatesConfig.Layout;
import org.scepgate.enrollment.EndpointConfig.CaCertificatesConfig.Order;
import org.scepgate.scep.CertificateBundle;

/** The certificates that a profile gives its devices, as its switches say (RFC 8894 section 4.2.1). */
final class CaCertificates {
    // Exactly these, without a charset: certmonger, Apple and FleetDM compare the whole header (clients.md 4).
    private static final String ALONE = "application/x-x509-ca-cert";
    private static final String BUNDLE = "application/x-x509-ca-ra-cert";

    private final CaCertificatesConfig switches;

    CaCertificates(CaCertificatesConfig switches) {
        this.switches = switches;
    }

    boolean isCaAlone() {
        return switches.layout() == Layout.CA;
    }

    String mediaType() {
        return isCaAlone() ? ALONE : BUNDLE;
    }

    byte[] body(CaKeys ca) {
        return isCaAlone() ? encoded(ca.authority().certificate()) : CertificateBundle.of(list(ca));
    }

    List<X509CertificateHolder> list(CaKeys ca) {
        if (isCaAlone()) {
            return List.of(ca.authority().certificate());
        }
        Stream<X509CertificateHolder> registration =
                ca.registrationAuthority().stream().map(ra -> ra.certificate());
        Stream<X509CertificateHolder> authority = authority(ca).stream();
        return switches.order() == Order.RA_FIRST
                ? Stream.concat(registration, authority).toList()
                : Stream.concat(authority, registration).toList();
    }

    private List<X509CertificateHolder> authority(CaKeys ca) {
        return ca.chain().stream()
                .filter(certificate -> switches.includeRoot()
                        || certificate.equals(ca.authority().certificate())
                        || !certificate.getSubject().equals(certificate.getIssuer()))
                .toList();
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
