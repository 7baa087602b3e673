package org.scepgate.mdm.ndes;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.bouncycastle.cert.X509CertificateHolder;

/** The pages of NDES, with the sentences that clients look for, letter by letter. */
final class NdesPage {
    private static final int GROUP = 8;
    private static final String PAGE = """
            <HTML><Head>
            <Meta HTTP-Equiv="Content-Type" Content="text/html; charset=UTF-8">
            <Title>Network Device Enrollment Service</Title>
            </Head>
            <Body>
            %s</Body></HTML>
            """;

    private NdesPage() {}

    static String password(X509CertificateHolder authority, String password, Duration timeToLive) {
        return page(
                "One device can enrol over SCEP with what stands here.",
                "The thumbprint (hash value) for the CA certificate is: <B> " + thumbprint(authority) + " </B>",
                "The enrollment challenge password is: <B> " + password + " </B>",
                "This password can be used only once and will expire within " + timeToLive.toMinutes() + " minutes.");
    }

    static String cacheFull() {
        return page("The password cache is full.", "Come back when one was used or is out of date.");
    }

    static String noPermission() {
        return page("You do not have sufficient permission to enroll with SCEP.");
    }

    private static String page(String... paragraphs) {
        StringBuilder body = new StringBuilder();
        for (String paragraph : paragraphs) {
            body.append("<P> ").append(paragraph).append(" </P>\n");
        }
        return PAGE.formatted(body);
    }

    /** MD5 in groups of eight digits, which an administrator compares and no program trusts. */
    private static String thumbprint(X509CertificateHolder authority) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(authority.getEncoded());
            String hex = HexFormat.of().withUpperCase().formatHex(digest);
            return hex.replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
        } catch (NoSuchAlgorithmException | IOException impossible) {
            throw new IllegalStateException("a certificate of ours encodes, and every Java has MD5", impossible);
        }
    }
}
