package org.scepgate.policy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;

/**
 * The SID of an account in Active Directory, by which domain controllers map a certificate strongly (Microsoft's
 * KB5014754, MS-WCCE section 2.2.2.7.7.4). Whoever holds a certificate with it may be that account, so it comes from a
 * binding alone; what a CSR says of it is never looked at.
 */
public record SecurityIdentifier(String text) {
    /** Microsoft's szOID_NTDS_CA_SECURITY_EXT: GeneralNames with one otherName. */
    public static final ASN1ObjectIdentifier EXTENSION = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2");

    /** Microsoft's other place for it, an alternative name of type URI, and the one that Intune uses. */
    private static final String URI_START = "tag:microsoft.com,2022-09-14:sid:";

    private static final ASN1ObjectIdentifier OTHER_NAME = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.25.2.1");
    // MS-DTYP section 2.4.2.1: an authority of 48 bits and up to 15 numbers of 32 bits.
    private static final Pattern SID = Pattern.compile("S-1-\\d{1,15}(-\\d{1,10}){1,15}");
    private static final long LARGEST_PART = 0xFFFFFFFFL;

    /** @throws IllegalArgumentException if it is none in the form of {@code S-1-5-21-...} */
    public SecurityIdentifier {
        if (!SID.matcher(text).matches() || hasOversizedPart(text)) {
            throw new IllegalArgumentException("must be a SID, such as S-1-5-21-1004336348-1177238915-682003330-512");
        }
    }

    /** The value of the extension. */
    public ASN1Encodable extensionValue() {
        OtherName name = new OtherName(OTHER_NAME, new DEROctetString(text.getBytes(StandardCharsets.US_ASCII)));
        return new GeneralNames(new GeneralName(GeneralName.otherName, name));
    }

    /** That of a certificate of ours. */
    static Optional<SecurityIdentifier> in(Extensions extensions) {
        return Optional.ofNullable(GeneralNames.fromExtensions(extensions, EXTENSION))
                .map(names -> OtherName.getInstance(names.getNames()[0].getName()))
                .map(name -> ASN1OctetString.getInstance(name.getValue()).getOctets())
                .map(bytes -> new SecurityIdentifier(new String(bytes, StandardCharsets.US_ASCII)));
    }

    /** Whether a URI would map its certificate to an account. */
    static boolean isIn(String uri) {
        return uri.regionMatches(true, 0, URI_START, 0, URI_START.length());
    }

    private static boolean hasOversizedPart(String sid) {
        String[] parts = sid.split("-");
        for (int part = 3; part < parts.length; part++) {
            if (Long.parseLong(parts[part]) > LARGEST_PART) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
