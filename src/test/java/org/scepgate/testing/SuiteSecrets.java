package org.scepgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** What is secret in every test of a run, looked for in all that its servers have logged and stored. */
record SuiteSecrets(int secrets, long bytesOfLog, long rows) {

    /** Fails where one is found. */
    static SuiteSecrets of(Scepgate scepgate) {
        Map<String, String> texts = texts(scepgate.database());
        Map<String, BigInteger> numbers = numbers(scepgate.ca());
        ByteSearch search = ByteSearch.of(texts).and(numbers);
        Path log = scepgate.server().logFile();
        assertThat(search.in(log)).as("secrets in " + log).isEmpty();
        Set<String> stored = new TreeSet<>();
        AtomicLong rows = new AtomicLong();
        DatabaseDump.forEachRow(scepgate.database(), row -> {
            rows.incrementAndGet();
            stored.addAll(search.in(row).keySet());
        });
        assertThat(stored).as("secrets in the database").isEmpty();
        return new SuiteSecrets(texts.size() + numbers.size(), log.toFile().length(), rows.get());
    }

    private static Map<String, String> texts(TestPostgres.Database database) {
        return Map.of(
                "database password", database.settings().get("quarkus.datasource.password"),
                "PKCS#12 password", TestCa.PASSWORD,
                "pepper", ServerSettings.PEPPER,
                "password of the MDM", TestAdapters.PASSWORD,
                "header of the MDM", TestAdapters.TOKEN,
                "static challenge", TestAdapters.STATIC_CHALLENGE);
    }

    private static Map<String, BigInteger> numbers(TestCa ca) {
        Map<String, BigInteger> numbers = new HashMap<>();
        Map<String, KeyPair> keys = Map.of("CA's key", ca.caKeys(), "RA's key", ca.raKeys(), "OCSP key", ca.ocspKeys());
        keys.forEach((name, pair) -> numbers.putAll(PrivateNumbers.of(name, pair.getPrivate())));
        return numbers;
    }
}
