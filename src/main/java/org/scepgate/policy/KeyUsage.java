package org.scepgate.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

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

    /** RFC 8813 section 3: not with id-ecPublicKey. */
    private static final Set<KeyUsage> NOT_WITH_EC = EnumSet.of(KEY_ENCIPHERMENT, DATA_ENCIPHERMENT);

    /** RFC 3279 section 2.3.1: not with rsaEncryption. */
    private static final Set<KeyUsage> NOT_WITH_RSA = EnumSet.of(KEY_AGREEMENT, ENCIPHER_ONLY, DECIPHER_ONLY);

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

    /** Unmodifiable, in the order of the bits. */
    static Set<KeyUsage> setOf(Collection<KeyUsage> usages) {
        EnumSet<KeyUsage> set = EnumSet.noneOf(KeyUsage.class);
        set.addAll(usages);
        return Collections.unmodifiableSet(set);
    }

    /** RFC 5280 section 4.2.1.3: encipherOnly and decipherOnly mean nothing without keyAgreement. */
    static boolean isCoherent(Set<KeyUsage> usages) {
        return usages.contains(KEY_AGREEMENT) || !(usages.contains(ENCIPHER_ONLY) || usages.contains(DECIPHER_ONLY));
    }

    static Set<KeyUsage> withRsa(Set<KeyUsage> usages) {
        return without(NOT_WITH_RSA, usages);
    }

    static Set<KeyUsage> withEc(Set<KeyUsage> usages) {
        return without(NOT_WITH_EC, usages);
    }

    /** Those that a key of this type can have; empty for a key of no known type. */
    static Set<KeyUsage> with(RequestedKey key, Set<KeyUsage> usages) {
        return key.fold(rsa -> withRsa(usages), ec -> withEc(usages), other -> Set.of());
    }

    private static Set<KeyUsage> without(Set<KeyUsage> excluded, Set<KeyUsage> usages) {
        EnumSet<KeyUsage> left = EnumSet.noneOf(KeyUsage.class);
        left.addAll(usages);
        left.removeAll(excluded);
        return Collections.unmodifiableSet(left);
    }
}
