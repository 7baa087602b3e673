package org.scepgate.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;

/**
 * The alternative names of a request, sorted into those that can be issued and the rest.
 *
 * @param unsupported a line for the operator on each name of another type or against the syntax of its type
 */
record RequestedSans(SubjectAltNames supported, List<String> unsupported) {

    private static final String[] TYPES = {
        "otherName",
        "rfc822Name",
        "dNSName",
        "x400Address",
        "directoryName",
        "ediPartyName",
        "uniformResourceIdentifier",
        "iPAddress",
        "registeredID"
    };

    static RequestedSans of(GeneralNames names) throws UnreadableCsrException {
        GeneralName[] all = names.getNames();
        if (all.length > SubjectAltNames.MOST) {
            throw new UnreadableCsrException("more than " + SubjectAltNames.MOST + " alternative names");
        }
        List<AltName> supported = new ArrayList<>();
        List<String> unsupported = new ArrayList<>();
        for (GeneralName name : all) {
            try {
                find(name).ifPresentOrElse(supported::add, () -> unsupported.add(described(name)));
            } catch (InvalidNameException malformed) {
                unsupported.add(described(name) + " " + malformed.getMessage());
            }
        }
        return new RequestedSans(new SubjectAltNames(supported), unsupported);
    }

    private static Optional<AltName> find(GeneralName name) throws InvalidNameException {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> Optional.of(AltName.of(AltNameType.DNS, ia5(name)));
            case GeneralName.rfc822Name -> Optional.of(AltName.of(AltNameType.EMAIL, ia5(name)));
            case GeneralName.uniformResourceIdentifier -> Optional.of(AltName.of(AltNameType.URI, ia5(name)));
            case GeneralName.iPAddress -> Optional.of(address(ASN1OctetString.getInstance(name.getName())));
            case GeneralName.otherName -> upn(OtherName.getInstance(name.getName()));
            default -> Optional.empty();
        };
    }

    private static String ia5(GeneralName name) {
        return ASN1IA5String.getInstance(name.getName()).getString();
    }

    private static AltName address(ASN1OctetString octets) throws InvalidNameException {
        int length = octets.getOctetsLength();
        AltNameType.require(length == 4 || length == 16, "must have 4 or 16 octets, not " + length);
        return AltName.of(AltNameType.IP, IpAddress.text(octets.getOctets()));
    }

    private static Optional<AltName> upn(OtherName name) throws InvalidNameException {
        if (!name.getTypeID().equals(AltNameType.UPN_OTHER_NAME)) {
            return Optional.empty();
        }
        String text = StringEncoding.decode(name.getValue().toASN1Primitive())
                .orElseThrow(() -> new InvalidNameException("", "must be text"));
        return Optional.of(AltName.of(AltNameType.UPN, text));
    }

    private static String described(GeneralName name) {
        String type = TYPES[name.getTagNo()];
        return name.getTagNo() == GeneralName.otherName
                ? type + " " + OtherName.getInstance(name.getName()).getTypeID().getId()
                : type + " " + Texts.quoted(name.getName().toString());
    }
}
