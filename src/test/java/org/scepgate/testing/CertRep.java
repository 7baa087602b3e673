package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A CertRep as the strictest of the known clients read it: whatever one of them would refuse is an assertion error here.
 * RFC 8894, 3.3.2.
 */
public final class CertRep {
    private final SignerInfo signer;
    private final AttributeTable attributes;
    private final byte[] envelope;

    private CertRep(SignedData data) {
        this.signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
        this.attributes = new AttributeTable(signer.getAuthenticatedAttributes());
        this.envelope = ASN1OctetString.getInstance(data.getEncapContentInfo().getContent())
                .getOctets();
    }

    /** Reads an answer and checks form and signature against the certificate that GetCACert gave. */
    public static CertRep read(byte[] body, X509CertificateHolder authority) {
        try {
            ASN1Primitive parsed = ASN1Primitive.fromByteArray(body);
            assertThat(parsed.getEncoded(ASN1Encoding.DER)).as("CertRep is DER").isEqualTo(body);
            ContentInfo info = ContentInfo.getInstance(parsed);
            assertThat(info.getContentType()).isEqualTo(CMSObjectIdentifiers.signedData);
            SignedData data = SignedData.getInstance(info.getContent());
            assertThat(data.getSignerInfos().size()).as("SignerInfos").isEqualTo(1);
            assertThat(data.getEncapContentInfo().getContentType()).isEqualTo(CMSObjectIdentifiers.data);
            assertThat(data.getEncapContentInfo().getContent()).as("eContent").isNotNull();
            assertThat(CaCertificates.certificatesOf(data)).contains(authority);
            CertRep certRep = new CertRep(data);
            certRep.requireSignatureBy(authority);
            certRep.requireForm();
            return certRep;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("no CertRep", e);
        }
    }

    private void requireSignatureBy(X509CertificateHolder authority) throws GeneralSecurityException, IOException {
        assertThat(IssuerAndSerialNumber.getInstance(signer.getSID().getId()))
                .isEqualTo(new IssuerAndSerialNumber(authority.getIssuer(), authority.getSerialNumber()));
        // strongSwan 5.9.8 refuses sha256WithRSAEncryption here.
        assertThat(signer.getDigestEncryptionAlgorithm().getAlgorithm()).isEqualTo(PKCSObjectIdentifiers.rsaEncryption);
        DigestAlgorithm digest = DigestAlgorithm.of(signer.getDigestAlgorithm().getAlgorithm());
        assertThat(octets(CMSAttributes.messageDigest)).isEqualTo(digest.of(envelope));
        assertThat(single(CMSAttributes.contentType)).isEqualTo(CMSObjectIdentifiers.data);
        Signature signature = Signature.getInstance(digest.signatureWith("RSA"));
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(
                        authority.getSubjectPublicKeyInfo().getEncoded())));
        signature.update(signer.getAuthenticatedAttributes().getEncoded(ASN1Encoding.DER));
        assertThat(signature.verify(signer.getEncryptedDigest().getOctets()))
                .as("signature of the CertRep")
                .isTrue();
    }

    private void requireForm() {
        assertThat(text(ScepAttributes.MESSAGE_TYPE)).isEqualTo("3");
        assertThat(senderNonce()).hasSize(16);
        assertThat(isSuccess()).as("an envelope with SUCCESS only").isEqualTo(envelope.length > 0);
        assertThat(attributes.get(ScepAttributes.FAIL_INFO) != null)
                .as("failInfo with FAILURE only")
                .isEqualTo(pkiStatus().equals("2"));
        assertThat(pkiStatus()).isIn("0", "2", "3");
        failInfo().ifPresent(value -> assertThat(value).isIn("0", "1", "2", "3", "4"));
    }

    public boolean isSuccess() {
        return pkiStatus().equals("0");
    }

    /** 0 SUCCESS, 2 FAILURE, 3 PENDING. */
    public String pkiStatus() {
        return text(ScepAttributes.PKI_STATUS);
    }

    /** 0 badAlg, 1 badMessageCheck, 2 badRequest, 3 badTime, 4 badCertId. */
    public Optional<String> failInfo() {
        return attributes.get(ScepAttributes.FAIL_INFO) == null
                ? Optional.empty()
                : Optional.of(text(ScepAttributes.FAIL_INFO));
    }

    public Optional<String> failInfoText() {
        return attributes.get(ScepAttributes.FAIL_INFO_TEXT) == null
                ? Optional.empty()
                : Optional.of(ASN1UTF8String.getInstance(single(ScepAttributes.FAIL_INFO_TEXT))
                        .getString());
    }

    public String transactionId() {
        return text(ScepAttributes.TRANSACTION_ID);
    }

    public byte[] senderNonce() {
        return octets(ScepAttributes.SENDER_NONCE);
    }

    public byte[] recipientNonce() {
        return octets(ScepAttributes.RECIPIENT_NONCE);
    }

    public DigestAlgorithm digest() {
        return DigestAlgorithm.of(signer.getDigestAlgorithm().getAlgorithm());
    }

    /** The envelope, which only SUCCESS has. */
    public ReceivedEnvelope envelope() {
        assertThat(isSuccess()).as("pkiStatus SUCCESS, not " + this).isTrue();
        return ReceivedEnvelope.read(envelope);
    }

    /** The certificates inside, the issued one first as Apple's devices expect. */
    public List<X509CertificateHolder> certificates(TestSigner recipient) {
        try {
            return CaCertificates.ofBundle(envelope().open(recipient)).all();
        } catch (IOException e) {
            throw new AssertionError("no degenerate SignedData in the envelope", e);
        }
    }

    /** The CRL inside, which must be alone (RFC 8894, 4.6.1). */
    public X509CRLHolder crl(TestSigner recipient) {
        try {
            ContentInfo info = ContentInfo.getInstance(
                    ASN1Primitive.fromByteArray(envelope().open(recipient)));
            SignedData data = SignedData.getInstance(info.getContent());
            assertThat(data.getCertificates()).as("certificates").isNull();
            assertThat(data.getSignerInfos().size()).as("signers").isZero();
            assertThat(data.getCRLs().size()).as("CRLs").isEqualTo(1);
            X509CRLHolder crl = new X509CRLHolder(
                    data.getCRLs().getObjectAt(0).toASN1Primitive().getEncoded());
            CertificateLint.accepts(crl);
            return crl;
        } catch (IOException e) {
            throw new AssertionError("no degenerate SignedData in the envelope", e);
        }
    }

    /** The issued certificate, which must be faultless. */
    public X509CertificateHolder issued(TestSigner recipient) {
        return linted(certificates(recipient).get(0));
    }

    private static X509CertificateHolder linted(X509CertificateHolder certificate) {
        CertificateLint.accepts(certificate);
        return certificate;
    }

    /** The issued certificate, where the device's key cannot decrypt and its challenge does. */
    public X509CertificateHolder issued(String challenge) {
        try {
            return linted(
                    CaCertificates.ofBundle(envelope().open(challenge)).all().get(0));
        } catch (IOException e) {
            throw new AssertionError("no degenerate SignedData in the envelope", e);
        }
    }

    private ASN1Primitive single(ASN1ObjectIdentifier type) {
        assertThat(attributes.getAll(type).size())
                .as("attributes of type " + type)
                .isEqualTo(1);
        Attribute attribute = attributes.get(type);
        assertThat(attribute.getAttrValues().size()).as("values of " + type).isEqualTo(1);
        return attribute.getAttrValues().getObjectAt(0).toASN1Primitive();
    }

    private byte[] octets(ASN1ObjectIdentifier type) {
        return ASN1OctetString.getInstance(single(type)).getOctets();
    }

    /** jscep, certmonger and Apple read these attributes as PrintableString only. */
    private String text(ASN1ObjectIdentifier type) {
        ASN1Primitive value = single(type);
        assertThat(value).isInstanceOf(ASN1PrintableString.class);
        return ((ASN1PrintableString) value).getString();
    }

    @Override
    public String toString() {
        return "CertRep pkiStatus " + pkiStatus()
                + failInfo().map(f -> " failInfo " + f).orElse("")
                + failInfoText().map(t -> " " + t).orElse("");
    }
}
