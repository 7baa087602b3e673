package org.scepgate.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scepgate.ca.ChainCheck;
import org.scepgate.ca.FolderVault;
import org.scepgate.ca.KeyCheck;
import org.scepgate.ca.KeyEntry;

/** Roots, intermediates and their delegates, made by command. */
class SetupCommandsTest {
    private static final String EC = "ec256";

    @TempDir
    private Path folder;

    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void listen() {
        out = new StringWriter();
        err = new StringWriter();
    }

    private int ca(String... arguments) {
        List<String> all = new ArrayList<>(List.of("ca"));
        all.addAll(List.of(arguments));
        return SetupCommands.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private String out(String name) {
        return folder.resolve(name).toString();
    }

    private FolderVault vault(String name) throws Exception {
        Path place = folder.resolve(name);
        return new FolderVault(place, FolderVault.password(place.resolve("keystore.password")));
    }

    /** The chain file that the CA above sends back. */
    private Path sign(String above, String below, boolean asCa) throws Exception {
        KeyEntry issuer = vault(above).load("ca");
        PKCS10CertificationRequest request;
        try (PEMParser parser = new PEMParser(
                new StringReader(Files.readString(folder.resolve(below).resolve("ca.csr"))))) {
            request = (PKCS10CertificationRequest) parser.readObject();
        }
        Instant now = Instant.now();
        X509CertificateHolder signed = new X509v3CertificateBuilder(
                        issuer.certificate().getSubject(),
                        BigInteger.TEN,
                        Date.from(now.minusSeconds(60)),
                        Date.from(now.plus(Duration.ofDays(9))),
                        request.getSubject(),
                        request.getSubjectPublicKeyInfo())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(asCa))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .build(issuer.signer());
        return PrivateFiles.in(folder).pem(below + "-chain.pem", List.of(signed, issuer.certificate()));
    }

    @Test
    void makesARootWithItsDelegates() throws Exception {
        int exit = ca("init", "--out", out("root"), "--subject", "CN=Acme Root,O=Acme", "--algorithm", "ec384");

        assertThat(exit).as(err.toString()).isZero();
        FolderVault vault = vault("root");
        KeyEntry authority = vault.load("ca");
        Instant now = Instant.now();
        assertThat(KeyCheck.problemOfAuthority(authority, now)).isEmpty();
        assertThat(KeyCheck.problemOfRegistrationAuthority(vault.load("ra"), authority, now))
                .isEmpty();
        assertThat(KeyCheck.problemOfOcspResponder(vault.load("ocsp"), authority, now))
                .isEmpty();
        assertThat(vault.load("ra").certificate().getSubject()).hasToString("CN=Acme Root RA,O=Acme");
        assertThat(vault.load("ra").isRsa()).isTrue();
    }

    @Test
    void takesAnIntermediateThatFits() throws Exception {
        ca("init", "--out", out("root"), "--subject", "CN=Root", "--algorithm", EC);
        ca("init", "--csr", "--out", out("sub"), "--subject", "CN=Sub", "--algorithm", EC);

        int exit = ca("import", "--out", out("sub"), "--certificates", sign("root", "sub", true) + "");

        assertThat(exit).as(err.toString()).isZero();
        KeyEntry sub = vault("sub").load("ca");
        assertThat(sub.certificate().getIssuer()).hasToString("CN=Root");
        assertThat(sub.chain()).hasSize(1);
        assertThat(vault("sub").load("ra").certificate().getNotAfter())
                .isEqualTo(sub.certificate().getNotAfter());
    }

    @Test
    void refusesAnIntermediateThatDoesNotFit() throws Exception {
        ca("init", "--out", out("root"), "--subject", "CN=Root", "--algorithm", EC, "--path-length", "0");
        ca("init", "--csr", "--out", out("sub"), "--subject", "CN=Sub", "--algorithm", EC);
        ca("init", "--csr", "--out", out("other"), "--subject", "CN=Sub", "--algorithm", EC);

        int tooLong = ca("import", "--out", out("sub"), "--certificates", sign("root", "sub", true) + "");
        int noCa = ca("import", "--out", out("sub"), "--certificates", sign("root", "sub", false) + "");
        int otherKey = ca("import", "--out", out("sub"), "--certificates", sign("root", "other", true) + "");

        assertThat(List.of(tooLong, noCa, otherKey)).containsOnly(SetupCommands.WRONG);
        assertThat(err.toString())
                .contains("allows a path length of 0, but 1 CAs are below it")
                .contains("no CA certificate")
                .contains("does not match its certificate");
        assertThat(vault("sub").holds("ra")).isFalse();
    }

    @Test
    void replacesDelegatesAndNothingElse() throws Exception {
        ca("init", "--out", out("root"), "--subject", "CN=Root", "--algorithm", EC);
        X509CertificateHolder authority = vault("root").load("ca").certificate();
        X509CertificateHolder ra = vault("root").load("ra").certificate();
        X509CertificateHolder ocsp = vault("root").load("ocsp").certificate();

        int exit = ca("issue", "--out", out("root"), "--ocsp");
        int again = ca("init", "--out", out("root"), "--subject", "CN=Root");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(again).isEqualTo(SetupCommands.WRONG);
        assertThat(vault("root").load("ca").certificate()).isEqualTo(authority);
        assertThat(vault("root").load("ra").certificate()).isEqualTo(ra);
        assertThat(vault("root").load("ocsp").certificate()).isNotEqualTo(ocsp);
    }

    @Test
    void complainsAboutOptionsInALine() {
        assertThat(ca()).isEqualTo(SetupCommands.USAGE);
        assertThat(ca("init", "--out", out("x"))).isEqualTo(SetupCommands.USAGE);
        assertThat(ca("init", "--out", out("x"), "--subject", "CN=X", "--ra-algorithm", EC))
                .isEqualTo(SetupCommands.WRONG);
        assertThat(ca("init", "--out", out("x"), "--subject", "Acme")).isEqualTo(SetupCommands.WRONG);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void findsAChainInTheWrongOrder() throws Exception {
        ca("init", "--out", out("root"), "--subject", "CN=Root", "--algorithm", EC);
        ca("init", "--csr", "--out", out("sub"), "--subject", "CN=Sub", "--algorithm", EC);
        ca("import", "--out", out("sub"), "--certificates", sign("root", "sub", true) + "");
        KeyEntry sub = vault("sub").load("ca");
        List<X509CertificateHolder> right =
                List.of(sub.certificate(), sub.chain().get(0));

        assertThat(ChainCheck.problems(right, Instant.now())).isEmpty();
        assertThat(ChainCheck.reachesRoot(right)).isTrue();
        assertThat(ChainCheck.reachesRoot(List.of(sub.certificate()))).isFalse();
        assertThat(ChainCheck.problems(List.of(right.get(1), right.get(0)), Instant.now()))
                .anyMatch(problem -> problem.contains("not issued by CN=Sub"));
        assertThat(ChainCheck.problems(right, Instant.now().plus(Duration.ofDays(99))))
                .containsExactly("CN=Sub is not in date");
    }
}
