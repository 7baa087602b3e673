package org.scepgate.ca;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The slots of a PKCS#11 library, and SunPKCS11 for one of them. */
final class Pkcs11Slots {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Pattern SLOTS = Pattern.compile("^Slots with tokens: (.+)$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("^ +label: (.*)$", Pattern.MULTILINE);
    /** What is made here is made for good: in the token, never to leave it, for the uses that it is made for. */
    private static final String ATTRIBUTES = """
            attributes(generate, CKO_PRIVATE_KEY, *) = {
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_SIGN = true
            }
            attributes(generate, CKO_PRIVATE_KEY, CKK_RSA) = {
              CKA_DECRYPT = true
            }
            """;

    private final Path library;

    Pkcs11Slots(Path library) {
        this.library = library;
    }

    /** @throws ProviderException if the library or the slot cannot be had */
    Provider open(Pkcs11Settings settings) throws UnusableKeyException {
        return configure("slot=" + slot(settings) + "\n" + ATTRIBUTES);
    }

    private long slot(Pkcs11Settings settings) throws UnusableKeyException {
        if (settings.slot().isPresent()) {
            return settings.slot().get();
        }
        String wanted = settings.tokenLabel().orElseThrow();
        for (long slot : slots()) {
            if (label(slot).filter(wanted::equals).isPresent()) {
                return slot;
            }
        }
        throw new UnusableKeyException(settings.library() + " has no token with the label " + wanted);
    }

    private List<Long> slots() {
        Matcher found = SLOTS.matcher(description("slotListIndex=0"));
        return found.find()
                ? Arrays.stream(found.group(1).split(","))
                        .map(String::strip)
                        .map(Long::valueOf)
                        .toList()
                : List.of();
    }

    private Optional<String> label(long slot) {
        Matcher found = LABEL.matcher(description("slot=" + slot));
        return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
    }

    // SunPKCS11 chooses by number only and tells labels nowhere but on standard output, where showInfo asks it to.
    private String description(String choice) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        synchronized (Pkcs11Slots.class) {
            PrintStream before = System.out;
            System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
            try {
                configure(choice + "\nshowInfo=true");
            } finally {
                System.setOut(before);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private Provider configure(String lines) {
        if (NativeExecutable.isRunning()) {
            throw new ProviderException("a native executable has no SunPKCS11: run the Java package");
        }
        Provider model = Security.getProvider("SunPKCS11");
        if (model == null) {
            throw new ProviderException("this Java has no SunPKCS11");
        }
        String name = "scepgate" + NUMBER.incrementAndGet();
        return model.configure("--name=" + name + "\nlibrary=" + library + "\n" + lines);
    }
}
