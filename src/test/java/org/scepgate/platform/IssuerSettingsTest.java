package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scepgate.testing.TestIssuer;

class IssuerSettingsTest {
    private static final PublicJsonWebKey KEY = TestIssuer.generateRsa("k");

    private final KnownIssuers issuers = new KnownIssuers().with("idp", "https://idp.example", KEY);

    @ParameterizedTest
    @CsvSource({
        "algorithms, none, scepgate.issuers.idp.algorithms: does not know none",
        "algorithms, HS256, scepgate.issuers.idp.algorithms: does not know HS256",
        "algorithms, ES256K, scepgate.issuers.idp.algorithms: does not know ES256K",
        "roles-claim, scp, scepgate.issuers.idp.roles-claim: names scp",
        "role-mapping.admins, admin, scepgate.issuers.idp.role-mapping.admins: is none of",
        "clock-skew, PT1H, scepgate.issuers.idp.clock-skew: must be",
        "clock-skew, PT-1S, scepgate.issuers.idp.clock-skew: must be",
        "jwks-url, https://idp.example/jwks, 'scepgate.issuers.idp.jwks-url: or jwks-file or public-key'",
        "public-key, nonsense, scepgate.issuers.idp.public-key: holds neither a JWKS nor a PEM public key",
    })
    void namesTheSettingThatCannotWork(String key, String value, String problem) {
        issuers.set("idp", key, value);

        assertThatThrownBy(issuers::issuers)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(problem);
    }

    @ParameterizedTest
    @CsvSource({"ftp://idp.example/jwks", "idp.example/jwks", "https:///jwks", "https://idp example/"})
    void wantsAUrlOfKeys(String url) {
        issuers.without("idp", "public-key").set("idp", "jwks-url", url);

        assertThatThrownBy(issuers::issuers)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("scepgate.issuers.idp.jwks-url: is no http or https URL");
    }

    @Test
    void wantsEachIssuerOnce() {
        issuers.with("again", "https://idp.example", KEY);

        assertThatThrownBy(issuers::issuers)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(".issuer: is the same as that of issuer");
    }

    @Test
    void wantsOneDefaultIssuer() {
        issuers.withDefault("https://old.example", KEY).with("default", "https://new.example", KEY);

        assertThatThrownBy(issuers::issuers)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("scepgate.issuers.default.issuer: is the issuer called default already");
    }

    @Test
    void wantsANameThatCanStandInFrontOfAClient() {
        issuers.with("\"a::b\"", "https://third.example", KEY);

        assertThatThrownBy(issuers::issuers)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("needs a name of up to 32 small letters");
    }

    @Test
    void standsBesideTheIssuerOfMicroProfile() {
        issuers.withDefault("https://old.example", KEY);

        assertThat(issuers.issuers().names()).containsExactlyInAnyOrder("default", "idp");
    }
}
