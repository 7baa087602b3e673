package org.scepgate.policy;

import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.encoders.Hex;

/** The types of alternative name that are issued: their syntax, what makes two equal, and their DER. */
enum AltNameType {
    DNS {
        @Override
        String key(String text) throws InvalidNameException {
            DnsName.requireWellFormed(text);
            return lower(text);
        }

        @Override
        GeneralName toGeneralName(String text) {
            return new GeneralName(GeneralName.dNSName, new DERIA5String(text));
        }
    },
    EMAIL {
        /** RFC 5280 section 7.5: the local part exactly, the host in any case. */
        @Override
        String key(String text) throws InvalidNameException {
            int at = text.lastIndexOf('@');
            String local = text.substring(0, Math.max(at, 0));
            require(isLocalPart(local), "must be a mailbox such as user@example.com");
            DnsName.requireHost(text.substring(at + 1));
            return local + "@" + lower(text.substring(at + 1));
        }

        @Override
        GeneralName toGeneralName(String text) {
            return new GeneralName(GeneralName.rfc822Name, new DERIA5String(text));
        }
    },
    URI {
        @Override
        String key(String text) throws InvalidNameException {
            return UriName.key(text);
        }

        @Override
        GeneralName toGeneralName(String text) {
            return new GeneralName(GeneralName.uniformResourceIdentifier, new DERIA5String(text));
        }
    },
    IP {
        @Override
        String key(String text) throws InvalidNameException {
            return Hex.toHexString(octets(text));
        }

        @Override
        GeneralName toGeneralName(String text) throws InvalidNameException {
            return new GeneralName(GeneralName.iPAddress, new DEROctetString(octets(text)));
        }

        private static byte[] octets(String text) throws InvalidNameException {
            return IpAddress.parse(text)
                    .orElseThrow(() -> new InvalidNameException(
                            "", "must be an IPv4 or IPv6 address without zone or prefix length"));
        }
    },
    UPN {
        /** Active Directory takes user principal names in any case. */
        @Override
        String key(String text) throws InvalidNameException {
            int at = text.indexOf('@');
            boolean twoParts = at > 0 && at < text.length() - 1 && text.indexOf('@', at + 1) < 0;
            require(twoParts && Texts.isSound(text), "must be a user principal name such as user@example.com");
            return StringPreparation.prepare(text);
        }

        @Override
        GeneralName toGeneralName(String text) {
            ASN1Encodable value = new DERTaggedObject(true, 0, new DERUTF8String(text));
            return new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {UPN_OTHER_NAME, value}));
        }
    };

    /** Microsoft's szOID_NT_PRINCIPAL_NAME. */
    static final ASN1ObjectIdentifier UPN_OTHER_NAME = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");

    private static final int LONGEST_LOCAL_PART = 64;

    /** What is compared; the fault, if any, is the caller's to place. */
    abstract String key(String text) throws InvalidNameException;

    abstract GeneralName toGeneralName(String text) throws InvalidNameException;

    /** As the API spells it. */
    String text() {
        return lower(name());
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static void require(boolean holds, String message) throws InvalidNameException {
        if (!holds) {
            throw new InvalidNameException("", message);
        }
    }

    /** The dot-atom of RFC 5321; quoted strings are not taken. */
    private static boolean isLocalPart(String local) {
        boolean dotted = local.startsWith(".") || local.endsWith(".") || local.contains("..");
        return !local.isEmpty()
                && local.length() <= LONGEST_LOCAL_PART
                && !dotted
                && Texts.isAscii(local)
                && local.chars().noneMatch(c -> " \"(),:;<>@[\\]".indexOf(c) >= 0);
    }
}
