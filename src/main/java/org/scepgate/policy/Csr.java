package org.scepgate.policy;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.encoders.Hex;

/**
 * What a certification request asks for, without its signature, its challenge and its other attributes.
 *
 * @param content the request itself, of whose attributes only the requested extensions are left
 * @param unsupportedSans a line on each alternative name that no binding can hold
 * @param spkiSha256 lower-case hex over the DER of the SubjectPublicKeyInfo
 * @param requestSha256 lower-case hex over subject, key and requested extensions: what makes two requests one
 */
public record Csr(
        CertificationRequestInfo content,
        DistinguishedName subject,
        SubjectAltNames subjectAltNames,
        List<String> unsupportedSans,
        SubjectPublicKeyInfo publicKey,
        RequestedKey key,
        String spkiSha256,
        String requestSha256,
        boolean asksForCa) {

    public Csr {
        unsupportedSans = List.copyOf(unsupportedSans);
    }

    /** Judges nothing but whether it can be read; signature and key are the decoder's business. */
    public static Csr of(PKCS10CertificationRequest request) throws UnreadableCsrException {
        return of(request.toASN1Structure().getCertificationRequestInfo());
    }

    /** From what {@link #encoded()} made. */
    public static Csr decode(byte[] encoded) throws UnreadableCsrException {
        try {
            return of(CertificationRequestInfo.getInstance(encoded));
        } catch (IllegalArgumentException malformed) {
            throw new UnreadableCsrException("no CertificationRequestInfo", malformed);
        }
    }

    /** The content (DER), which holds no secret of the device. */
    public byte[] encoded() {
        try {
            return content.getEncoded(ASN1Encoding.DER);
        } catch (IOException cannotHappen) {
            throw new IllegalStateException("a request that was read does not encode", cannotHappen);
        }
    }

    /** SHA-256 over the DER of a SubjectPublicKeyInfo, in lower-case hex: how keys are told apart. */
    public static String sha256Of(SubjectPublicKeyInfo publicKey) {
        try {
            return digest(publicKey);
        } catch (IOException cannotHappen) {
            throw new IllegalStateException("a key that was read does not encode", cannotHappen);
        }
    }

    private static Csr of(CertificationRequestInfo request) throws UnreadableCsrException {
        try {
            return read(request);
        } catch (InvalidNameException tooLarge) {
            throw new UnreadableCsrException("subject: " + tooLarge.getMessage(), tooLarge);
        } catch (IOException | RuntimeException malformed) {
            // Bouncy Castle reports ASN.1 of the wrong shape by half a dozen unchecked exceptions.
            throw new UnreadableCsrException("the request's subject or extensions are malformed", malformed);
        }
    }

    private static Csr read(CertificationRequestInfo request)
            throws UnreadableCsrException, InvalidNameException, IOException {
        RequestedExtensions extensions = RequestedExtensions.of(request);
        Optional<GeneralNames> altNames = extensions.subjectAltNames();
        RequestedSans sans = altNames.isPresent()
                ? RequestedSans.of(altNames.get())
                : new RequestedSans(SubjectAltNames.NONE, List.of());
        SubjectPublicKeyInfo publicKey = request.getSubjectPublicKeyInfo();
        return new Csr(
                new CertificationRequestInfo(request.getSubject(), publicKey, extensions.attributes()),
                DistinguishedName.of(request.getSubject()),
                sans.supported(),
                sans.unsupported(),
                publicKey,
                RequestedKey.of(publicKey),
                sha256Of(publicKey),
                digest(new DERSequence(new ASN1Encodable[] {request.getSubject(), publicKey, extensions.canonical()})),
                extensions.askForCa());
    }

    private static String digest(ASN1Encodable content) throws IOException {
        try {
            byte[] der = content.toASN1Primitive().getEncoded(ASN1Encoding.DER);
            return Hex.toHexString(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException cannotHappen) {
            throw new IllegalStateException("every Java platform has SHA-256", cannotHappen);
        }
    }
}
