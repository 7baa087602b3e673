package org.scepgate.policy;

/** What a certified key may do, RFC 5280 section 4.2.1.3. */
public enum KeyUsage {
    DIGITAL_SIGNATURE("digitalSignature", org.bouncycastle.asn1.x509.KeyUsage.digitalSignature),
    NON_REPUDIATION("nonRepudiation", org.bouncycastle.asn1.x509.KeyUsage.nonRepudiation),
    KEY_ENCIPHERMENT("keyEncipherment", org.bouncycastle.asn1.x509.KeyUsage.keyEncipherment),
    DATA_ENCIPHERMENT("dataEncipherment", org.bouncycastle.asn1.x509.KeyUsage.dataEncipherment),
    KEY_AGREEMENT("keyAgreement", org.bouncycastle.asn1.x509.KeyUsage.keyAgreement),
    KEY_CERT_SIGN("keyCertSign", org.bouncycastle.asn1.x509.KeyUsage.keyCertSign),
    CRL_SIGN("cRLSign", org.bouncycastle.asn1.x509.KeyUsage.cRLSign),
    ENCIPHER_ONLY("encipherOnly", org.bouncycastle.asn1.x509.KeyUsage.encipherOnly),
    DECIPHER_ONLY("decipherOnly", org.bouncycastle.asn1.x509.KeyUsage.decipherOnly);

    private final String text;
    private final int bit;

    KeyUsage(String text, int bit) {
        this.text = text;
        this.bit = bit;
    }

    /** From the name RFC 5280 gives the bit, as in {@code digitalSignature}. */
    public static KeyUsage parse(String text) {
        for (KeyUsage usage : values()) {
            if (usage.text.equals(text)) {
                return usage;
            }
        }
        throw new IllegalArgumentException("unknown key usage " + Texts.quoted(text));
    }

    public String text() {
        return text;
    }

    /** The bit as Bouncy Castle's {@link org.bouncycastle.asn1.x509.KeyUsage} numbers it. */
    public int bit() {
        return bit;
    }

    @Override
    public String toString() {
        return text;
    }
}
