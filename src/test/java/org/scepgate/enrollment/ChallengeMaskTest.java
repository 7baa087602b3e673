package org.scepgate.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.scepgate.policy.Texts;

class ChallengeMaskTest {
    private static final String CHALLENGE = "k3yThat0penstheD00r";

    private final ChallengeMask mask = ChallengeMask.of(Optional.of(CHALLENGE));

    @Test
    void hidesTheChallengeWhereverItStands() {
        assertThat(mask.hide("CN=" + CHALLENGE + ",O=" + CHALLENGE)).isEqualTo("CN=***,O=***");
    }

    @Test
    void hidesWhatIsKnownAlsoOfAMessageThatWasNotRead() {
        ChallengeMask known = ChallengeMask.UNREAD.and(mask).and(ChallengeMask.of(Optional.of("another-one")));

        assertThat(known.hide(CHALLENGE + " another-one other")).isEqualTo("*** *** other");
        assertThat(ChallengeMask.UNREAD.isUnread()).isTrue();
        assertThat(ChallengeMask.NONE.isUnread()).isFalse();
    }

    @Test
    void hidesWhatShorteningLeftOfTheChallenge() {
        for (int left = 6; left < CHALLENGE.length(); left++) {
            String shortened = Texts.shortened("x".repeat(199 - left) + CHALLENGE);

            assertThat(shortened).contains(CHALLENGE.substring(0, left) + "…");
            assertThat(mask.hide("\"" + shortened + "\"")).endsWith("x***…\"").doesNotContain("k3y");
        }
    }

    @Test
    void hidesTheHexOfTheChallengeInBothCasesAndCutOff() {
        String utf8 = HexFormat.of().formatHex(CHALLENGE.getBytes(StandardCharsets.UTF_8));

        assertThat(mask.hide("CN=#0413" + utf8)).isEqualTo("CN=#0413***");
        assertThat(mask.hide("CN=#0413" + utf8.toUpperCase(Locale.ROOT))).isEqualTo("CN=#0413***");
        assertThat(mask.hide("CN=#0413" + utf8.substring(0, 15) + "…")).isEqualTo("CN=#0413***…");
    }

    @Test
    void hidesTheHexOfTheChallengeInUtf16() {
        assertThat(ChallengeMask.of(Optional.of("ab")).hide("CN=#1e0400610062")).isEqualTo("CN=#1e04***");
    }

    @Test
    void hidesOfALongChallengeWhatATextHasRoomFor() {
        String challenge = CHALLENGE.repeat(10_000);
        ChallengeMask hiding = ChallengeMask.of(Optional.of(challenge));
        String hex = HexFormat.of().formatHex(challenge.getBytes(StandardCharsets.UTF_16BE));

        assertThat(hiding.hide("CN=" + challenge + ",O=a")).isEqualTo("CN=***,O=a");
        assertThat(hiding.hide("CN=" + challenge.substring(0, 199) + "…")).isEqualTo("CN=***…");
        assertThat(hiding.hide("CN=#1e" + hex)).isEqualTo("CN=#1e***");
        assertThat(hiding.hide("CN=#1e" + hex.substring(0, 199) + "…")).isEqualTo("CN=#1e***…");
    }

    @Test
    void leavesTextsWithoutTheChallengeAlone() {
        assertThat(mask.hide("CN=k3y…")).isEqualTo("CN=k3y…");
        assertThat(ChallengeMask.NONE.hide("CN=" + CHALLENGE)).isEqualTo("CN=" + CHALLENGE);
        assertThat(ChallengeMask.of(Optional.of("")).hide("CN=a")).isEqualTo("CN=a");
    }

    @Test
    void showsNoChallengeItself() {
        assertThat(mask.toString()).doesNotContain(CHALLENGE);
    }
}
