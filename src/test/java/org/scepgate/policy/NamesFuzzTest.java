package org.scepgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.scepgate.policy.NamePatterns.Names;
import org.scepgate.testing.FuzzRun;

/**
 * Any text is a name that matches itself however often it is written, or is refused. An input is lines: the subject that
 * a device asks for, the one that is bound, a pattern for one, an alternative name and a pattern for that.
 */
class NamesFuzzTest {
    private static final FuzzRun RUN = new FuzzRun("names");
    private static final int LINES = 5;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "CN=host-7,O=Acme\ncn=HOST-7, o=acme\n^host-[0-9]+$\nhost-7.acme.example\n*.acme.example",
                        "O=Acme,CN=host-7\nCN=host-7,O=Acme\n.*\ndevice@acme.example\n@acme.example",
                        "CN=a+UID=b,O=\\C3\\A4\\,\\ \nUID=b+CN=a,O=ä\\,\\20\n(a|b){2,9}\nurn:uuid:1\nurn:uuid:",
                        "2.5.4.3=#0C0161\nCN=a\n(?i)A\n192.0.2.1\n192.0.2.0/24",
                        "CN=#3080308030800000000000,C=DE\nC=de\n\\p{L}\n2001:db8::1\n2001:db8::/32",
                        "CN=a\nCN=a\n(((a{1,1000}){1,1000}){1,1000})\na\n.a",
                        "CN=a\nCN=a\n(((,a{1,001}0)0-{1,1000})\na\n.a",
                        "CN=a\nCN=a\n(((a{1,1`00}){1,100\0\0\0\0\0\0\u00a9\0000\u007f){1,1000})\na\n.a",
                        "CN=\u1c80\nCN=b\nem(?i)xae[?i)xaN=host-\ufffd]\na\n.a",
                        "CN=\u1c80\nCN=b\n(?i)v\na\n.a",
                        "CN=\u200b\n\nx\n\u0130.example\n.example")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void areReadOrRefused(byte[] input) throws Exception {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", LINES);
        RUN.attempt(() -> Stream.of(lines).filter(NamesFuzzTest::isName).count() > 0
                | isMatched(line(lines, 0), line(lines, 1))
                | fits(line(lines, 0), line(lines, 2), line(lines, 3))
                | isPermitted(line(lines, 3), line(lines, 4)));
    }

    @AfterAll
    static void report() {
        RUN.report();
    }

    private static String line(String[] lines, int number) {
        return number < lines.length ? lines[number] : "";
    }

    private static boolean isName(String text) {
        try {
            DistinguishedName name = DistinguishedName.parse(text);
            DistinguishedName again = DistinguishedName.parseStored(name.toString());
            assertThat(again.matches(name)).as(name.toString()).isTrue();
            assertThat(again).hasToString(name.toString());
            return true;
        } catch (InvalidNameException refused) {
            return false;
        }
    }

    private static boolean isMatched(String asked, String bound) {
        try {
            DistinguishedName one = DistinguishedName.parse(asked);
            DistinguishedName other = DistinguishedName.parse(bound);
            assertThat(one.matches(other)).isEqualTo(other.matches(one));
            return one.matches(other);
        } catch (InvalidNameException refused) {
            return false;
        }
    }

    private static boolean fits(String subject, String pattern, String altName) {
        RequestedPatterns.Names names = new RequestedPatterns.Names(null, List.of(pattern), 0, 2);
        try {
            NamePatterns patterns = NamePatterns.of(new RequestedPatterns(
                    List.of(new RequestedPatterns.Rdn("CN", null, pattern)),
                    Map.of("dns", names, "email", names, "uri", names, "ip", names, "upn", names)));
            return patterns.fit(DistinguishedName.parse(subject), SubjectAltNames.of(inOneList(altName)))
                    .filter(NamesFuzzTest::isName)
                    .isPresent();
        } catch (InvalidNameException | InvalidBindingException refused) {
            return false;
        }
    }

    private static boolean isName(Names names) {
        return isName(names.subject().toString());
    }

    private static boolean isPermitted(String altName, String pattern) {
        boolean permitted = false;
        for (AltNameType type : AltNameType.values()) {
            try {
                permitted |= AltNamePattern.of(type, pattern).permits(type.key(altName));
            } catch (InvalidNameException refused) {
                permitted |= false;
            }
        }
        return permitted;
    }

    /** Each name in the list of a type that may take it. */
    private static RequestedAltNames inOneList(String name) {
        List<String> one = List.of(name);
        return switch (name.length() % LINES) {
            case 0 -> new RequestedAltNames(one, null, null, null, null);
            case 1 -> new RequestedAltNames(null, one, null, null, null);
            case 2 -> new RequestedAltNames(null, null, one, null, null);
            case 3 -> new RequestedAltNames(null, null, null, one, null);
            default -> new RequestedAltNames(null, null, null, null, one);
        };
    }
}
