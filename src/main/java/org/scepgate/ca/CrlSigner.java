package org.scepgate.ca;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.operator.ContentSigner;
import org.scepgate.platform.UnavailableException;

/** Signs complete CRLs of version 2 (RFC 5280 section 5) for one key of a CA. */
public final class CrlSigner {
    private static final int VERSION_2 = 1;
    private static final int RETRY_AFTER_SECONDS = 60;

    private final CaKeys ca;

    public CrlSigner(CaKeys ca) {
        this.ca = ca;
    }

    /**
     * @param number greater than that of any CRL signed before
     * @param validity until when a relying party may use it
     * @throws UnavailableException if the key does not sign
     */
    public SignedCrl sign(CrlEntries entries, long number, Instant thisUpdate, Duration validity) {
        Instant nextUpdate = thisUpdate.plus(validity);
        try {
            ContentSigner signer = ca.authority().signer();
            DERSequence list = new DERSequence(list(signer, entries, number, new Instant[] {thisUpdate, nextUpdate}));
            byte[] tbs = list.getEncoded(ASN1Encoding.DER);
            signer.getOutputStream().write(tbs);
            ASN1EncodableVector crl = new ASN1EncodableVector(3);
            crl.add(list);
            crl.add(signer.getAlgorithmIdentifier());
            crl.add(new DERBitString(signer.getSignature()));
            return new SignedCrl(number, thisUpdate, nextUpdate, new DERSequence(crl).getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new UnavailableException("CA " + ca.name() + " could not sign a CRL", RETRY_AFTER_SECONDS, e);
        }
    }

    // TBSCertList, section 5.1.2
    private ASN1EncodableVector list(ContentSigner signer, CrlEntries entries, long number, Instant[] updates)
            throws IOException {
        ASN1EncodableVector list = new ASN1EncodableVector();
        list.add(new ASN1Integer(VERSION_2));
        list.add(signer.getAlgorithmIdentifier());
        list.add(ca.authority().certificate().getSubject());
        for (Instant update : updates) {
            list.add(ValidityTime.of(update));
        }
        entries.sequence().ifPresent(list::add);
        list.add(new DERTaggedObject(true, 0, extensions(number)));
        return list;
    }

    private Extensions extensions(long number) throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        extensions.addExtension(Extension.authorityKeyIdentifier, false, ca.authorityKeyIdentifier());
        extensions.addExtension(Extension.cRLNumber, false, new ASN1Integer(number));
        return extensions.generate();
    }
}
