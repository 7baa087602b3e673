package org.scepgate.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.scepgate.testing.PropertyListReader;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestCsr;
import org.scepgate.testing.TestDevice;

/** A device that knows nothing but the file an MDM has passed on to it. */
@ExtendWith(Scepgate.Extension.class)
class ReadyMadeProfileIT {
    private static final String WISH = """
            {"profile": "demo", "subject": "CN=mac-1+SERIALNUMBER=C02,OU=Field,O=Acme",
             "subjectAltNames": {"dns": ["mac-1.acme.example"], "email": ["mac-1@acme.example"],
                                 "uri": ["urn:device:mac-1"], "upn": ["mac-1@corp.example"]}}
            """;

    @Test
    void enrolsFromNothingButTheFile(Scepgate scepgate) throws Exception {
        byte[] file = mobileconfig(scepgate);

        List<Map<String, Object>> payloads =
                dictionaries(PropertyListReader.read(file).get("PayloadContent"));
        Map<String, Object> settings = content(payloads, "com.apple.security.scep");
        TestDevice device = TestDevice.withRsaKey(new ScepEndpoint(URI.create((String) settings.get("URL"))));
        X509CertificateHolder certificate = device.enrol(csr(device, settings));

        byte[] root = (byte[]) payloads.get(0).get("PayloadContent");
        assertThat(payloads.get(0)).containsEntry("PayloadType", "com.apple.security.root");
        assertThat(MessageDigest.getInstance("SHA-1").digest(root)).isEqualTo(settings.get("CAFingerprint"));
        assertThat(certificate.getIssuer()).isEqualTo(new X509CertificateHolder(root).getSubject());
        assertThat(device.authority().all()).contains(new X509CertificateHolder(root));
        assertThat(BCStyle.INSTANCE.toString(certificate.getSubject()))
                .contains("CN=mac-1")
                .contains("OU=Field");
    }

    private static byte[] mobileconfig(Scepgate scepgate) {
        HttpRequest request = HttpRequest.newBuilder(scepgate.server().url().resolve("/api/v1/challenges"))
                .header("Authorization", "Bearer " + scepgate.identities().token("challenge-issuer"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/x-apple-aspen-config")
                .POST(BodyPublishers.ofString(WISH))
                .build();
        HttpResponse<byte[]> answer = ScepEndpoint.send(request);
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.body();
    }

    @SuppressWarnings("unchecked")
    private static TestCsr csr(TestDevice device, Map<String, Object> settings) {
        Map<String, String> names = (Map<String, String>) settings.get("SubjectAltName");
        return TestCsr.of(device.keys())
                .subject(subject((List<List<List<String>>>) settings.get("Subject")))
                .challenge((String) settings.get("Challenge"))
                .dns(names.get("dNSName"))
                .email(names.get("rfc822Name"))
                .uri(names.get("uniformResourceIdentifier"))
                .upn(names.get("ntPrincipalName"));
    }

    private static X500Name subject(List<List<List<String>>> rdns) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        for (List<List<String>> rdn : rdns) {
            name.addMultiValuedRDN(
                    rdn.stream().map(pair -> type(pair.get(0))).toArray(ASN1ObjectIdentifier[]::new),
                    rdn.stream().map(pair -> pair.get(1)).toArray(String[]::new));
        }
        return name.build();
    }

    private static ASN1ObjectIdentifier type(String wordOrOid) {
        return BCStyle.INSTANCE.attrNameToOID(wordOrOid);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> content(List<Map<String, Object>> payloads, String type) {
        return payloads.stream()
                .filter(payload -> payload.get("PayloadType").equals(type))
                .map(payload -> (Map<String, Object>) payload.get("PayloadContent"))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> dictionaries(Object list) {
        return (List<Map<String, Object>>) list;
    }
}
