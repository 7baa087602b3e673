package org.scepgate.scep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaCapabilitiesTest {
    private static final List<String> ALWAYS =
            List.of("SCEPStandard", "POSTPKIOperation", "AES", "SHA-256", "SHA-384", "SHA-512");

    @Test
    void announcesExactlyWhatIsOnInEveryCombination() {
        for (int bits = 0; bits < 64; bits++) {
            boolean renewal = (bits & 1) != 0;
            boolean next = (bits & 2) != 0;
            Set<LegacyAlgorithm> legacy = legacy(bits >> 2);
            List<String> expected = new ArrayList<>(ALWAYS);
            addIf(renewal, "Renewal", expected);
            addIf(next, "GetNextCACert", expected);
            addIf(legacy.contains(LegacyAlgorithm.DES3), "DES3", expected);
            addIf(legacy.contains(LegacyAlgorithm.SHA_1), "SHA-1", expected);

            String text = new CaCapabilities(renewal, next, legacy).text();

            assertThat(text.split("\n")).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void endsEveryLineWithLfAlone() {
        String text = new CaCapabilities(true, true, EnumSet.allOf(LegacyAlgorithm.class)).text();

        assertThat(text).endsWith("\n").doesNotContain("\r").doesNotContain(" ");
    }

    private static Set<LegacyAlgorithm> legacy(int bits) {
        EnumSet<LegacyAlgorithm> chosen = EnumSet.noneOf(LegacyAlgorithm.class);
        Arrays.stream(LegacyAlgorithm.values())
                .filter(algorithm -> (bits >> algorithm.ordinal() & 1) != 0)
                .forEach(chosen::add);
        return chosen;
    }

    private static void addIf(boolean on, String keyword, List<String> keywords) {
        if (on) {
            keywords.add(keyword);
        }
    }
}
