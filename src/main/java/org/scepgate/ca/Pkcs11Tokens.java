package org.scepgate.ca;

import java.util.HashMap;
import java.util.Map;

/** The tokens in use, each logged in to once however many keys are in it. */
public final class Pkcs11Tokens {
    private final Map<Pkcs11Settings, Pkcs11Token> open = new HashMap<>();

    /** @throws UnusableKeyException if the library, the token or its PIN is not right */
    public Pkcs11Token require(Pkcs11Settings settings) throws UnusableKeyException {
        Pkcs11Token known = open.get(settings);
        if (known != null) {
            return known;
        }
        Pkcs11Token token = Pkcs11Token.open(settings);
        open.put(settings, token);
        return token;
    }
}
