package org.scepgate.policy;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;

/** The extensions a request asks for, in the order of their OIDs. They are looked at, and never copied. */
final class RequestedExtensions {

    /** szOID_CERT_EXTENSIONS, which Windows used before it took up PKCS#9's. */
    private static final ASN1ObjectIdentifier MICROSOFT_EXTENSION_REQUEST =
            new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.14");

    private final Map<String, Extension> byOid = new TreeMap<>();

    /** @throws UnreadableCsrException where an attribute has not exactly one value, or two disagree on an extension */
    static RequestedExtensions of(CertificationRequestInfo request) throws UnreadableCsrException {
        RequestedExtensions extensions = new RequestedExtensions();
        ASN1Set attributes = request.getAttributes() == null ? new DERSet() : request.getAttributes();
        for (ASN1Encodable element : attributes) {
            Attribute attribute = Attribute.getInstance(element);
            if (isExtensionRequest(attribute.getAttrType())) {
                extensions.add(attribute);
            }
        }
        return extensions;
    }

    Optional<GeneralNames> subjectAltNames() throws IOException {
        Optional<ASN1Primitive> value = value(Extension.subjectAlternativeName);
        return value.map(GeneralNames::getInstance);
    }

    /** By either of the two marks of a CA certificate, RFC 5280 sections 4.2.1.3 and 4.2.1.9. */
    boolean askForCa() throws IOException {
        boolean isCa = value(Extension.basicConstraints)
                .map(BasicConstraints::getInstance)
                .filter(BasicConstraints::isCA)
                .isPresent();
        boolean signsCertificates = value(Extension.keyUsage)
                .map(KeyUsage::getInstance)
                .filter(usage -> usage.hasUsages(KeyUsage.keyCertSign) || usage.hasUsages(KeyUsage.cRLSign))
                .isPresent();
        return isCa || signsCertificates;
    }

    /** The same whatever the order and the number of attributes they came in. */
    ASN1Encodable canonical() {
        return new DERSequence(byOid.values().toArray(ASN1Encodable[]::new));
    }

    /** As they stand in a request that asks for nothing else. */
    ASN1Set attributes() {
        return byOid.isEmpty()
                ? new DERSet()
                : new DERSet(new Attribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(canonical())));
    }

    private void add(Attribute attribute) throws UnreadableCsrException {
        if (attribute.getAttrValues().size() != 1) {
            throw new UnreadableCsrException("the extension request has not exactly one value");
        }
        Extensions extensions = Extensions.getInstance(attribute.getAttributeValues()[0]);
        for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
            Extension extension = extensions.getExtension(oid);
            Extension known = byOid.putIfAbsent(oid.getId(), extension);
            if (known != null && !known.equals(extension)) {
                throw new UnreadableCsrException("two extension requests disagree on " + oid.getId());
            }
        }
    }

    private Optional<ASN1Primitive> value(ASN1ObjectIdentifier oid) throws IOException {
        Extension extension = byOid.get(oid.getId());
        return extension == null
                ? Optional.empty()
                : Optional.of(
                        ASN1Primitive.fromByteArray(extension.getExtnValue().getOctets()));
    }

    private static boolean isExtensionRequest(ASN1ObjectIdentifier type) {
        return type.equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)
                || type.equals(MICROSOFT_EXTENSION_REQUEST);
    }
}
