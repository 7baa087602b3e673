package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void nonceIsAValueThatNobodyCanChange() {
        byte[] bytes = {1, 2, 3};
        Nonce nonce = new Nonce(bytes);

        bytes[0] = 9;
        nonce.bytes()[1] = 9;

        assertThat(nonce).isEqualTo(new Nonce(new byte[] {1, 2, 3})).hasSameHashCodeAs(new Nonce(new byte[] {1, 2, 3}));
        assertThat(nonce).hasToString("010203");
    }

    @Test
    void freshNoncesHaveSixteenBytesAndDiffer() {
        SecureRandom random = new SecureRandom();

        assertThat(Nonce.random(random).bytes()).hasSize(16);
        assertThat(Nonce.random(random)).isNotEqualTo(Nonce.random(random));
    }

    @Test
    void nonceAndTransactionIdAreBounded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Nonce(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Nonce(new byte[65]));
        assertThatIllegalArgumentException().isThrownBy(() -> new TransactionId(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new TransactionId("a\u0000"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TransactionId("a".repeat(256)));
    }

    @Test
    void legacyAlgorithmsAreFoundByTheirExactNames() {
        assertThat(LegacyAlgorithm.find("SHA-1")).contains(LegacyAlgorithm.SHA_1);
        assertThat(LegacyAlgorithm.find("DES3")).contains(LegacyAlgorithm.DES3);
        assertThat(LegacyAlgorithm.find("sha-1")).isEmpty();
        assertThat(LegacyAlgorithm.find("SHA_1")).isEmpty();
    }

    @Test
    void aRecipientKeyNeverPrintsItsKey() {
        assertThat(Keys.recipient()).hasToString("RecipientKey[CN=Test RA,O=Acme]");
    }
}
