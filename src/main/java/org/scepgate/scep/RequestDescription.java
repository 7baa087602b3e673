package org.scepgate.scep;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.operator.AlgorithmNameFinder;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;

/**
 * The algorithms of a message in words, for whoever asks why a device fails. Nothing of it is believed or judged: a
 * message that is refused for its algorithms, or whose signature is wrong, is described too.
 *
 * @param contentEncryption empty if there is no envelope that could be read
 * @param keyTransport one for each recipient
 */
public record RequestDescription(
        String digest, String signature, Optional<String> contentEncryption, List<String> keyTransport) {
    private static final AlgorithmNameFinder NAMES = new DefaultAlgorithmNameFinder();

    public RequestDescription {
        keyTransport = List.copyOf(keyTransport);
    }

    /** @throws MalformedMessageException as the decoder does */
    public static RequestDescription of(byte[] message) throws MalformedMessageException {
        return of(SignedMessage.read(message));
    }

    static RequestDescription of(SignedMessage signed) {
        String digest = digest(signed.digestAlgorithm().getAlgorithm());
        String signature = NAMES.getAlgorithmName(signed.signatureAlgorithm());
        try {
            EnvelopedData envelope = EncodingRules.BER.read(signed.content(), RequestDescription::envelope);
            return new RequestDescription(
                    digest,
                    signature,
                    Optional.of(cipher(envelope.getEncryptedContentInfo()
                            .getContentEncryptionAlgorithm()
                            .getAlgorithm())),
                    StreamSupport.stream(envelope.getRecipientInfos().spliterator(), false)
                            .map(RequestDescription::keyTransport)
                            .toList());
        } catch (UnreadableException noEnvelope) {
            return new RequestDescription(digest, signature, Optional.empty(), List.of());
        }
    }

    // As the configuration spells them, where it knows them.
    private static String digest(ASN1ObjectIdentifier oid) {
        return DigestAlgorithm.find(oid).map(DigestAlgorithm::jcaName).orElseGet(() -> NAMES.getAlgorithmName(oid));
    }

    private static String cipher(ASN1ObjectIdentifier oid) {
        return ContentCipher.find(oid)
                .map(cipher -> cipher.name().replace('_', '-') + "-CBC")
                .orElseGet(() -> NAMES.getAlgorithmName(oid));
    }

    // The bare structure too, as XiPKI's client sends it.
    private static EnvelopedData envelope(ASN1Primitive content) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(content);
        EnvelopedData envelope = sequence.size() == 2
                ? EnvelopedData.getInstance(ContentInfo.getInstance(sequence).getContent())
                : EnvelopedData.getInstance(sequence);
        envelope.getRecipientInfos().forEach(RequestDescription::keyTransport);
        return envelope;
    }

    private static String keyTransport(ASN1Encodable recipient) {
        RecipientInfo info = RecipientInfo.getInstance(recipient);
        return info.isTagged()
                ? "recipient of type " + ((ASN1TaggedObject) info.toASN1Primitive()).getTagNo()
                : NAMES.getAlgorithmName(
                        KeyTransRecipientInfo.getInstance(info.getInfo()).getKeyEncryptionAlgorithm());
    }
}
