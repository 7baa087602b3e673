package org.scepgate.helm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.scepgate.testing.TestAdapters;
import org.scepgate.testing.TestCa;
import org.scepgate.testing.TestKeys;
import org.scepgate.testing.TestPostgres;
import org.scepgate.testing.TestSigner;

/** The Secrets that the example with every switch turned on names, made for a run. */
final class EverySecret {
    static final String ROUTERS_CHALLENGE = "what all routers know";
    private static final String LONG = "0123456789abcdef".repeat(4);

    private final Path folder;
    private final Map<String, String> database;
    private final TestCa ca;
    /** Of this machine, for PostgreSQL and for devices. */
    private final TestSigner server;

    EverySecret(Path folder, TestPostgres.Database database) throws IOException {
        this.folder = folder;
        this.database = database.settings();
        this.ca = TestCa.in(folder.resolve("ca-2026"), "Acme Device CA");
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost"));
        this.server = TestSigner.of(TestKeys.rsa())
                .subject("CN=localhost")
                .extension(
                        new Extension(Extension.subjectAlternativeName, false, new DEROctetString(names.getEncoded())))
                .build();
    }

    byte[] certificate() {
        return Pem.of(server.certificate());
    }

    byte[] key() {
        return Pem.of(server.keys().getPrivate());
    }

    /** By name of the Secret, then by key in it. */
    Map<String, Map<String, byte[]>> all() throws IOException {
        TestCa next = TestCa.elliptic(folder.resolve("ca-2031"), "Acme Device CA G2");
        TestCa previous = TestCa.in(folder.resolve("ca-2021"), "Acme Device CA G0");
        byte[] password = text(TestCa.PASSWORD);
        return Map.ofEntries(
                Map.entry(
                        "database",
                        Map.of(
                                "user", text(database.get("quarkus.datasource.username")),
                                "pass", text(database.get("quarkus.datasource.password")))),
                Map.entry("database-ca", Map.of("ca.crt", certificate())),
                Map.entry(
                        "secrets",
                        Map.of("challenge-pepper", text(LONG), "idempotency", text(LONG), "seal", text(LONG))),
                Map.entry("apple", Map.of("signer.p12", bytes(ca.raKeystore()), "password", password)),
                Map.entry("ca-2026", generation(ca)),
                Map.entry("ca-2031", generation(next)),
                Map.entry(
                        "ca-2021",
                        Map.of(
                                "old-ca.p12",
                                bytes(previous.caKeystore()),
                                "old-ra.p12",
                                bytes(previous.raKeystore()),
                                "old.password",
                                password)),
                Map.entry(
                        "mdm",
                        Map.of(
                                "jamf-hash", hash(TestAdapters.PASSWORD),
                                "ndes-hash", hash(TestAdapters.PASSWORD),
                                "routers-hash", hash(ROUTERS_CHALLENGE))),
                Map.entry(
                        "hooks",
                        Map.of(
                                "inventory", text(LONG),
                                "cmdb", text(LONG),
                                "cmdb-before", text(LONG + "0"),
                                "chat-url", text("https://chat.acme.example/hook/" + LONG),
                                "chat", text(LONG))),
                Map.entry("private-ca", Map.of("ca.crt", Pem.of(ca.certificate()))),
                Map.entry("intune", Map.of("app.p12", bytes(ca.raKeystore()), "password", password)),
                Map.entry("scep-acme-example", Map.of("tls.crt", certificate(), "tls.key", key())));
    }

    private static Map<String, byte[]> generation(TestCa ca) throws IOException {
        return Map.of(
                "ca.p12",
                bytes(ca.caKeystore()),
                "ra.p12",
                bytes(ca.raKeystore()),
                "ocsp.p12",
                bytes(ca.ocspKeystore()),
                "keystore.password",
                text(TestCa.PASSWORD));
    }

    private static byte[] hash(String secret) {
        return text(TestAdapters.hash(secret));
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }
}
