package org.scepgate.scep;

import static org.scepgate.scep.Keys.sure;

import java.security.spec.PSSParameterSpec;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A request signed by Bouncy Castle's own generator, as most clients in Java do it. */
final class BouncyCastleRequest {
    private BouncyCastleRequest() {}

    static byte[] signed(byte[] envelope, String encoding) {
        return signed(envelope, encoding, Keys.signer(Keys.DEVICE));
    }

    static byte[] signedWithPss(byte[] envelope, PSSParameterSpec spec) {
        ContentSigner signer = sure(() -> new JcaContentSignerBuilder("RSASSA-PSS", spec)
                .setProvider(new BouncyCastleProvider())
                .build(Keys.DEVICE.getPrivate()));
        return signed(envelope, "BER", signer);
    }

    private static byte[] signed(byte[] envelope, String encoding, ContentSigner signer) {
        return sure(() -> {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(attributes()))
                            .build(signer, Keys.DEVICE_CERTIFICATE));
            generator.addCertificates(new JcaCertStore(List.of(Keys.DEVICE_CERTIFICATE)));
            return generator
                    .generate(new CMSProcessableByteArray(envelope), true)
                    .toASN1Structure()
                    .getEncoded(encoding);
        });
    }

    private static AttributeTable attributes() {
        Hashtable<ASN1ObjectIdentifier, Attribute> attributes = new Hashtable<>();
        put(attributes, ScepAttributes.MESSAGE_TYPE, new DERPrintableString("19"));
        put(attributes, ScepAttributes.TRANSACTION_ID, new DERPrintableString("42"));
        put(attributes, ScepAttributes.SENDER_NONCE, new DEROctetString(RequestBuilder.NONCE));
        return new AttributeTable(attributes);
    }

    private static void put(
            Hashtable<ASN1ObjectIdentifier, Attribute> attributes, ASN1ObjectIdentifier type, ASN1Encodable value) {
        attributes.put(type, new Attribute(type, new DERSet(value)));
    }
}
