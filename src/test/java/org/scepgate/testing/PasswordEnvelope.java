package org.scepgate.testing;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** EnvelopedData whose one recipient is a password (RFC 5652, 6.2.4), which no request may be. */
public final class PasswordEnvelope {
    private static final int SALT_BYTES = 16;
    private static final int MOST_ROUNDS_TO_COUNT = 10_000;

    private PasswordEnvelope() {}

    /** Claims this many rounds of PBKDF2; they are counted only if they are few. */
    public static byte[] of(byte[] content, String password, long rounds) {
        int counted = (int) Math.min(rounds, MOST_ROUNDS_TO_COUNT);
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(
                new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES128_CBC, password.toCharArray())
                        .setProvider(new BouncyCastleProvider())
                        .setPRF(PasswordRecipient.PRF.HMacSHA256)
                        .setSaltAndIterationCount(new byte[SALT_BYTES], counted));
        try {
            ContentInfo info = generator
                    .generate(
                            new CMSProcessableByteArray(content),
                            new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC).build())
                    .toASN1Structure();
            return claiming(rounds, EnvelopedData.getInstance(info.getContent()))
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ContentInfo claiming(long rounds, EnvelopedData data) {
        PasswordRecipientInfo made = PasswordRecipientInfo.getInstance(
                RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0))
                        .getInfo());
        PBKDF2Params counted =
                PBKDF2Params.getInstance(made.getKeyDerivationAlgorithm().getParameters());
        AlgorithmIdentifier derivation = new AlgorithmIdentifier(
                made.getKeyDerivationAlgorithm().getAlgorithm(),
                PBKDF2Params.getInstance(new DERSequence(new ASN1Encodable[] {
                    new DEROctetString(counted.getSalt()), new ASN1Integer(rounds), counted.getPrf()
                })));
        PasswordRecipientInfo claiming =
                new PasswordRecipientInfo(derivation, made.getKeyEncryptionAlgorithm(), made.getEncryptedKey());
        return new ContentInfo(
                CMSObjectIdentifiers.envelopedData,
                new EnvelopedData(
                        null, new DERSet(new RecipientInfo(claiming)), data.getEncryptedContentInfo(), (ASN1Set) null));
    }
}
