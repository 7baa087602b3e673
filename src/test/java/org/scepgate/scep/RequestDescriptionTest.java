package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.junit.jupiter.api.Test;

class RequestDescriptionTest {
    @Test
    void namesTheAlgorithmsOfARequest() throws Exception {
        RequestDescription description = RequestDescription.of(new RequestBuilder().build());

        assertThat(description.digest()).isEqualTo("SHA-256");
        assertThat(description.signature()).isEqualTo("RSA");
        assertThat(description.contentEncryption()).contains("AES-128-CBC");
        assertThat(description.keyTransport()).containsExactly("RSA");
    }

    @Test
    void namesThoseThatAreRefused() throws Exception {
        byte[] des = new EnvelopeBuilder()
                .cipher(OIWObjectIdentifiers.desCBC, "DES", 8, 8)
                .build(Csrs.plain());
        byte[] rc2 = new EnvelopeBuilder()
                .cipher(PKCSObjectIdentifiers.RC2_CBC, "AES", 16, 16)
                .build(Csrs.plain());

        assertThat(RequestDescription.of(new RequestBuilder().digest("MD5").build())
                        .digest())
                .isEqualTo("MD5");
        assertThat(RequestDescription.of(new RequestBuilder().content(des).build())
                        .contentEncryption())
                .contains("DES-CBC");
        // What has no name here is its OID.
        assertThat(RequestDescription.of(new RequestBuilder().content(rc2).build())
                        .contentEncryption())
                .hasValueSatisfying(
                        name -> assertThat(name).containsAnyOf("RC2", PKCSObjectIdentifiers.RC2_CBC.getId()));
    }

    @Test
    void describesAMessageWithoutAnEnvelope() throws Exception {
        byte[] message = new RequestBuilder().content(new byte[] {1, 2, 3}).build();

        assertThat(RequestDescription.of(message))
                .isEqualTo(new RequestDescription("SHA-256", "RSA", Optional.empty(), List.of()));
    }

    @Test
    void takesWhateverTheDecoderTakes() {
        Random random = new Random(8894);
        byte[] message = new RequestBuilder().build();
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = message.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));

            assertThat(isDescribed(damaged)).isEqualTo(isRead(damaged));
        }
    }

    private static boolean isDescribed(byte[] message) {
        try {
            RequestDescription.of(message);
            return true;
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    private static boolean isRead(byte[] message) {
        try {
            SignedMessage.read(message);
            return true;
        } catch (MalformedMessageException e) {
            return false;
        }
    }
}
