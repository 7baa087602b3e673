package org.scepgate.scep;

import static org.scepgate.scep.Keys.sure;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A device and a server of ours that talk to each other without a network. */
final class Conversation {
    static final RequestAlgorithms USUAL =
            new RequestAlgorithms(DigestAlgorithm.SHA_256, ContentCipher.AES_128, KeyTransport.PKCS1);
    static final SecureRandom RANDOM = new SecureRandom();

    final KeyPair keys;
    final DeviceKey device;
    final RequestAlgorithms algorithms;
    final PkiRequestEncoder requests;
    final CertRepEncoder replies = new CertRepEncoder(Keys.recipient(), RANDOM);
    final PkiMessageDecoder server =
            new PkiMessageDecoder(List.of(Keys.recipient()), EnumSet.allOf(LegacyAlgorithm.class), Decoding.EVERY_TYPE);

    Conversation(KeyPair keys, RequestAlgorithms algorithms) {
        this.keys = keys;
        this.algorithms = algorithms;
        this.device = new DeviceKey(keys.getPrivate(), certificate(keys));
        this.requests = new PkiRequestEncoder(device, Keys.RA_CERTIFICATE, algorithms, RANDOM);
    }

    static X509CertificateHolder certificate(KeyPair keys) {
        return Keys.certificate("CN=device-42", "CN=device-42", keys, keys, BigInteger.ONE);
    }

    PKCS10CertificationRequest csr() {
        return sure(() -> Csrs.builder(Keys.info(keys))
                .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String(Csrs.CHALLENGE))
                .build(Keys.signer(keys)));
    }

    PkiRequest pkcsReq() {
        return requests.pkcsReq(csr(), TransactionId.random(RANDOM));
    }

    PkiMessage received(PkiRequest request) {
        return Decoding.accepted(server, request.encoded());
    }

    byte[] answer(PkiRequest request, Function<ReplyAddress, byte[]> how) {
        return how.apply(received(request).replyTo());
    }

    CertRepDecoder decoder() {
        return decoder(Csrs.CHALLENGE);
    }

    CertRepDecoder decoder(String challenge) {
        return new CertRepDecoder(List.of(Keys.RA_CERTIFICATE), device, Optional.of(challenge), algorithms);
    }
}
