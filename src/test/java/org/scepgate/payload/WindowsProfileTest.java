package org.scepgate.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.scepgate.platform.ApiException;
import org.scepgate.policy.RequestedAltNames;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class WindowsProfileTest {
    private static final String NODE = "./Device/Vendor/MSFT/ClientCertificateInstall/SCEP/" + Enrolments.ID;

    @Test
    void setsTheNodesThatMicrosoftDocuments() throws Exception {
        Map<String, String> install = install(Enrolments.of("CN=device-42,O=Acme"));

        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(Enrolments.CA.getEncoded());
        assertThat(install)
                .containsEntry("ServerURL", "https://scep.example.com/scep/wifi")
                .containsEntry(
                        "Challenge",
                        Base64.getEncoder().encodeToString(Enrolments.SECRET.getBytes(StandardCharsets.US_ASCII)))
                .containsEntry("CAThumbprint", HexFormat.of().withUpperCase().formatHex(sha1))
                .containsEntry("SubjectName", "CN=device-42, O=Acme")
                .containsEntry(
                        "SubjectAlternativeNames",
                        "3+a.acme.example;3+b.acme.example;2+a@acme.example;7+urn:device:42;11+user@corp.example")
                .containsEntry("EKUMapping", "1.3.6.1.5.5.7.3.2+1.3.6.1.5.5.7.3.4")
                .containsEntry("KeyUsage", "160")
                .containsEntry("KeyLength", "2048")
                .containsEntry("HashAlgorithm", "SHA-2")
                .containsEntry("RetryCount", "3")
                .containsEntry("RetryDelay", "1")
                .containsEntry("ValidPeriod", "Days")
                .containsEntry("ValidPeriodUnits", "30");
    }

    @Test
    void enrolsLastAndWithAllElseInOneAtomicBlock() throws Exception {
        Document document = parse(Enrolments.of("CN=a"));

        Element atomic = (Element)
                document.getElementsByTagNameNS("SYNCML:SYNCML1.2", "Atomic").item(0);
        NodeList numbers = atomic.getElementsByTagName("CmdID");
        assertThat(atomic.getLastChild().getNodeName()).isEqualTo("Exec");
        assertThat(atomic.getLastChild().getTextContent()).endsWith(NODE + "/Install/Enroll");
        assertThat(numbers.item(numbers.getLength() - 1).getTextContent()).isEqualTo("" + numbers.getLength());
    }

    @Test
    void quotesWhatWindowsWouldTakeForSyntax() throws Exception {
        assertThat(install(Enrolments.of("CN=device-42+SERIALNUMBER=7,OU=a\\, \\\"b\\\",O=Acme")))
                .containsEntry("SubjectName", "2.5.4.5=7+CN=device-42, OU=\"a, \"\"b\"\"\", O=Acme");
    }

    @Test
    void refusesANameThatItCannotWrite() {
        RequestedAltNames names = new RequestedAltNames(null, null, List.of("urn:a;b"), null, null);

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> WindowsProfile.of(Enrolments.of("CN=a", names, "exact", Set.of(2048))))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("not-expressible"));
    }

    private static Map<String, String> install(Enrolment enrolment) throws Exception {
        NodeList items = parse(enrolment).getElementsByTagName("Item");
        Map<String, String> install = new LinkedHashMap<>();
        for (int i = 0; i < items.getLength(); i++) {
            Element item = (Element) items.item(i);
            String target = item.getElementsByTagName("LocURI").item(0).getTextContent();
            NodeList data = item.getElementsByTagName("Data");
            if (data.getLength() == 1) {
                install.put(target.replace(NODE + "/Install/", ""), data.item(0).getTextContent());
            }
        }
        return install;
    }

    private static Document parse(Enrolment enrolment) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(WindowsProfile.of(enrolment)));
    }
}
