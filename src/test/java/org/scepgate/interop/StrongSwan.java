package org.scepgate.interop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scepgate.testing.ScepEndpoint;

/** strongSwan's {@code pki}, as Debian ships it, in a folder of its own before one SCEP URL. */
record StrongSwan(Path folder, String url, SystemProgram pki, SystemProgram openssl) {
    private static final String PACKAGES =
            "strongswan-pki libstrongswan-extra-plugins libstrongswan-standard-plugins openssl";

    /** Skips the test where the program is missing. */
    static StrongSwan require(Path folder, ScepEndpoint endpoint) {
        return new StrongSwan(
                folder,
                endpoint.url().toString(),
                SystemProgram.require("pki", PACKAGES),
                SystemProgram.require("openssl", "openssl"));
    }

    /** Writes ca.pem and ra.pem. */
    StrongSwan fetchCaCertificates() {
        pki.run(folder, "--scepca", "--url", url, "--caout", "ca.pem", "--raout", "ra.pem", "--outform", "pem");
        return this;
    }

    StrongSwan makeKey(String file, int bits) {
        openssl.run(folder, "genrsa", "-out", file, "" + bits);
        return this;
    }

    /** The client writes the certificate to its standard output, so a shell puts it into a file. */
    SystemProgram.Outcome scep(String out, String host, String... particular) {
        List<String> arguments = new ArrayList<>(
                List.of("-c", "exec \"$0\" \"$@\" > " + out, pki.file().toString(), "--scep"));
        arguments.addAll(List.of("--url", url, "--dn", "CN=" + host + ", O=Acme", "--san", host));
        arguments.addAll(List.of("--cacert-enc", "ra.pem", "--cacert-sig", "ra.pem", "--cacert", "ca.pem"));
        arguments.addAll(List.of("--outform", "pem", "--maxpolltime", "1", "--interval", "1"));
        arguments.addAll(List.of(particular));
        return SystemProgram.require("sh", "dash").tryToRun(folder, arguments.toArray(String[]::new));
    }
}
