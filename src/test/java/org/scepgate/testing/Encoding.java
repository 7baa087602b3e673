package org.scepgate.testing;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.BERTaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;

/** How CMS is written: DER, or BER with indefinite lengths and strings in pieces as Apple's devices send it. */
public enum Encoding {
    DER,
    BER;

    private static final int PIECE = 1000;

    ASN1Sequence sequence(ASN1Encodable... elements) {
        return this == DER ? new DERSequence(elements) : new BERSequence(elements);
    }

    ASN1Set set(ASN1EncodableVector elements) {
        return this == DER ? new DERSet(elements) : new BERSet(elements);
    }

    ASN1OctetString octets(byte[] content) {
        return this == DER ? new DEROctetString(content) : new BEROctetString(content, PIECE);
    }

    ASN1TaggedObject explicit(int tag, ASN1Encodable value) {
        return this == DER ? new DERTaggedObject(true, tag, value) : new BERTaggedObject(true, tag, value);
    }

    ASN1TaggedObject implicit(int tag, ASN1Encodable value) {
        return this == DER ? new DERTaggedObject(false, tag, value) : new BERTaggedObject(false, tag, value);
    }
}
