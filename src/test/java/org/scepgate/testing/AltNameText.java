package org.scepgate.testing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;

/** Alternative names and the texts that the API has for them, read and written without the server's own code. */
final class AltNameText {
    private static final ASN1ObjectIdentifier USER_PRINCIPAL_NAME = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");
    private static final String UPN = "upn";
    private static final String IP = "ip";
    private static final Map<String, Integer> TAGS = Map.of(
            "dns",
            GeneralName.dNSName,
            "email",
            GeneralName.rfc822Name,
            "uri",
            GeneralName.uniformResourceIdentifier,
            IP,
            GeneralName.iPAddress,
            UPN,
            GeneralName.otherName);
    /** Where another name begins in a list that the audit log holds. */
    private static final String NEXT = ", (?=(?:dns|email|uri|ip|upn):)";

    private AltNameText() {}

    static List<GeneralName> in(X509CertificateHolder certificate) {
        GeneralNames names = GeneralNames.fromExtensions(certificate.getExtensions(), Extension.subjectAlternativeName);
        return names == null ? List.of() : List.of(names.getNames());
    }

    /** @param list such as {@code dns:device-42.acme.example, ip:192.0.2.1} */
    static List<GeneralName> read(String list) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(NEXT))
                        .map(name -> name.split(":", 2))
                        .map(parts -> encoded(parts[0], parts[1]))
                        .toList();
    }

    static GeneralName encoded(String type, String text) {
        if (!type.equals(UPN)) {
            return new GeneralName(TAGS.get(type), text);
        }
        ASN1Encodable value = new DERTaggedObject(true, 0, new DERUTF8String(text));
        return new GeneralName(
                GeneralName.otherName, new DERSequence(new ASN1Encodable[] {USER_PRINCIPAL_NAME, value}));
    }

    static String type(GeneralName name) {
        return TAGS.entrySet().stream()
                .filter(known -> known.getValue() == name.getTagNo())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("of no type that is issued: " + name));
    }

    /** What patterns are compared with. */
    static String of(GeneralName name) {
        return switch (type(name)) {
            case IP -> address(ASN1OctetString.getInstance(name.getName()).getOctets());
            case UPN -> principal(ASN1Sequence.getInstance(name.getName()));
            default -> name.getName().toString();
        };
    }

    private static String principal(ASN1Sequence otherName) {
        ASN1TaggedObject value = ASN1TaggedObject.getInstance(otherName.getObjectAt(1));
        return value.getExplicitBaseObject().toString();
    }

    private static String address(byte[] octets) {
        try {
            // Java would make four octets of the sixteen of an IPv4-mapped address.
            InetAddress address = octets.length == 16
                    ? Inet6Address.getByAddress(null, octets, -1)
                    : InetAddress.getByAddress(octets);
            return address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError("no address of " + octets.length + " octets", e);
        }
    }
}
