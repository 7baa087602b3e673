package org.scepgate.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** The names that a device asks for, and the CSR and self-signed certificate that it asks with (section 3.3.1). */
record RequestedNames(X500Name subject, List<GeneralName> alternatives) {
    private static final ASN1ObjectIdentifier PRINCIPAL = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");

    RequestedNames {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * @param subject as people write it, {@code CN=device-42,O=Acme}; its parts are encoded in this order
     * @param alternatives each {@code type:value} with type dns, email, uri, ip or upn
     */
    static RequestedNames parse(String subject, List<String> alternatives) throws CommandException {
        try {
            X500Name name = new X500Name(BCStyle.INSTANCE, subject);
            return new RequestedNames(
                    name, alternatives.stream().map(RequestedNames::alternative).toList());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--subject or --san cannot be read: " + e.getMessage());
        }
    }

    private static GeneralName alternative(String text) {
        int colon = text.indexOf(':');
        String type = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        String value = text.substring(colon + 1);
        return switch (type) {
            case "dns" -> new GeneralName(GeneralName.dNSName, value);
            case "email" -> new GeneralName(GeneralName.rfc822Name, value);
            case "uri" -> new GeneralName(GeneralName.uniformResourceIdentifier, value);
            case "ip" -> new GeneralName(GeneralName.iPAddress, value);
            // Microsoft's userPrincipalName: otherName with [0] EXPLICIT UTF8String.
            case "upn" ->
                new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
                    PRINCIPAL, new DERTaggedObject(true, 0, new DERUTF8String(value))
                }));
            default -> throw new IllegalArgumentException("a name must begin with dns:, email:, uri:, ip: or upn:");
        };
    }

    PKCS10CertificationRequest csr(KeyPair keys, Optional<String> challenge) {
        PKCS10CertificationRequestBuilder builder = new PKCS10CertificationRequestBuilder(subject, publicKey(keys));
        challenge.ifPresent(secret ->
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String(secret)));
        if (!alternatives.isEmpty()) {
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensionRequest());
        }
        return builder.build(KeyType.signer(keys.getPrivate()));
    }

    private ASN1Encodable extensionRequest() {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(alternatives.toArray(GeneralName[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return extensions.generate();
    }

    /** Who signs the first request: the requested key under the requested subject (RFC 8894 section 2.3). */
    X509CertificateHolder selfSigned(KeyPair keys) {
        Instant now = Instant.now();
        return new X509v3CertificateBuilder(
                        subject,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(7))),
                        subject,
                        publicKey(keys))
                .build(KeyType.signer(keys.getPrivate()));
    }

    static SubjectPublicKeyInfo publicKey(KeyPair keys) {
        return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
    }
}
