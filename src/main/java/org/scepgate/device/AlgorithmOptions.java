package org.scepgate.device;

import java.util.Locale;
import java.util.stream.Stream;
import org.scepgate.scep.AnnouncedCapabilities;
import org.scepgate.scep.ContentCipher;
import org.scepgate.scep.DigestAlgorithm;
import org.scepgate.scep.RequestAlgorithms;
import picocli.CommandLine.Option;

/** The options that overrule what the server's capabilities suggest. */
final class AlgorithmOptions {
    @Option(
            names = "--digest",
            paramLabel = "NAME",
            description = "sha-256, sha-384, sha-512 or sha-1 (default: as the server announces)")
    private String digest;

    @Option(
            names = "--cipher",
            paramLabel = "NAME",
            description = "aes-128, aes-192, aes-256 or des3 (default: as the server announces)")
    private String cipher;

    @Option(names = "--get", description = "send messages by GET, as old devices do")
    private boolean byGet;

    boolean byGet() {
        return byGet;
    }

    RequestAlgorithms over(AnnouncedCapabilities announced) throws CommandException {
        RequestAlgorithms chosen = announced.algorithms();
        if (digest != null) {
            chosen = chosen.withDigest(
                    require(DigestAlgorithm.values(), digest, DigestAlgorithm.MD5, "--digest is of no known name"));
        }
        if (cipher != null) {
            chosen = chosen.withCipher(
                    require(ContentCipher.values(), cipher, ContentCipher.DES, "--cipher is of no known name"));
        }
        return chosen;
    }

    /** @param never an algorithm that no device of today sends a secret with */
    private static <T extends Enum<T>> T require(T[] known, String name, T never, String otherwise)
            throws CommandException {
        String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Stream.of(known)
                .filter(value -> value != never && value.name().equals(constant))
                .findFirst()
                .orElseThrow(() -> CommandException.usage(otherwise));
    }
}
