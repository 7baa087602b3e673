package org.scepgate.mdm.intune;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import org.scepgate.platform.CryptoPool;

/** What this service proves itself to Entra by: the fields of a token request. */
interface EntraCredential {

    Uni<Map<String, String>> fields();

    /** @throws org.scepgate.platform.ConfigurationException if there is none, or two */
    static EntraCredential of(IntuneSettings settings, CryptoPool crypto) {
        IntuneConfig config = settings.config();
        var secret = IntuneSettings.secret(config.clientSecret(), config.clientSecretFile(), "client-secret");
        IntuneSettings.check(
                secret.isEmpty() || config.clientKeystore().isEmpty(),
                "client-keystore",
                "is set beside a client secret: use one of them");
        return secret.map(EntraCredential::ofSecret)
                .orElseGet(() -> ClientAssertion.of(
                        settings, IntuneSettings.require(config.clientKeystore(), "client-secret"), crypto));
    }

    private static EntraCredential ofSecret(String secret) {
        return () -> Uni.createFrom().item(Map.of("client_secret", secret));
    }
}
