package org.scepgate.scep;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** The attribute types of RFC 8894, table 2. */
final class ScepAttributes {
    private static final ASN1ObjectIdentifier ID_ATTRIBUTES = new ASN1ObjectIdentifier("2.16.840.1.113733.1.9");

    static final ASN1ObjectIdentifier MESSAGE_TYPE = ID_ATTRIBUTES.branch("2");
    static final ASN1ObjectIdentifier PKI_STATUS = ID_ATTRIBUTES.branch("3");
    static final ASN1ObjectIdentifier FAIL_INFO = ID_ATTRIBUTES.branch("4");
    static final ASN1ObjectIdentifier SENDER_NONCE = ID_ATTRIBUTES.branch("5");
    static final ASN1ObjectIdentifier RECIPIENT_NONCE = ID_ATTRIBUTES.branch("6");
    static final ASN1ObjectIdentifier TRANSACTION_ID = ID_ATTRIBUTES.branch("7");
    static final ASN1ObjectIdentifier FAIL_INFO_TEXT = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.24.1");

    private ScepAttributes() {}
}
