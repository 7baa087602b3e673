package org.scepgate.testing;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** The attributes of SCEP messages (RFC 8894, 3.2.1). */
public final class ScepAttributes {
    private static final ASN1ObjectIdentifier VERISIGN = new ASN1ObjectIdentifier("2.16.840.1.113733.1.9");
    public static final ASN1ObjectIdentifier MESSAGE_TYPE = VERISIGN.branch("2");
    public static final ASN1ObjectIdentifier PKI_STATUS = VERISIGN.branch("3");
    public static final ASN1ObjectIdentifier FAIL_INFO = VERISIGN.branch("4");
    public static final ASN1ObjectIdentifier SENDER_NONCE = VERISIGN.branch("5");
    public static final ASN1ObjectIdentifier RECIPIENT_NONCE = VERISIGN.branch("6");
    public static final ASN1ObjectIdentifier TRANSACTION_ID = VERISIGN.branch("7");
    public static final ASN1ObjectIdentifier FAIL_INFO_TEXT = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.24.1");

    private ScepAttributes() {}
}
