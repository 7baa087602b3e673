package org.scepgate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.CertRep;
import org.scepgate.testing.ScepEndpoint;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;
import org.scepgate.testing.TestMdm;

/** What a large inventory costs, as a ratio to an empty one: one in twenty certificates is revoked. */
final class InventoryBench {
    private static final int TURNS = 40;
    private static final int WARM_UP = 200;
    private static final String INSERT = """
            insert into certificate (id, ca, ca_key_sha256, serial, profile, device_id, subject, subject_alt_names,
                spki_sha256, request_sha256, not_before, not_after, der, issued_at, revoked_at, revocation_reason)
            select time_ordered_id(at), 'test', '%s', decode('7f' || lpad(to_hex(i), 30, '0'), 'hex'),
                   case when i %% (%d / 100) = 0 then 'few' else 'demo' end,
                   'stock-' || i, 'CN=stock-' || i || ',O=Acme', 'dns:stock-' || i || '.acme.example',
                   repeat('5', 64), repeat('7', 64), at, at + interval '365 days', decode('%s', 'hex'), at,
                   case when i %% 20 = 0 then at end, case when i %% 20 = 0 then 1 end
            from (select i, now() - i * interval '400 days' / %d as at from generate_series(%d, 1, -1) as i) as stock
            """;
    private static final String NAMES = """
            insert into certificate_name (name, certificate_id)
            select lower('s:' || subject), id from certificate where subject like 'CN=stock-%'
            union all
            select 'a:' || substr(subject_alt_names, 5), id from certificate where subject like 'CN=stock-%'
            """;

    private final Scepgate scepgate;
    private final int certificates;
    private final TestDevice device;
    private final TestMdm mdm;
    private int counter;

    InventoryBench(Scepgate scepgate, int certificates) {
        this.scepgate = scepgate;
        this.certificates = certificates;
        this.device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        this.mdm = scepgate.mdm();
    }

    void run() throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            enrol();
        }
        measure();
        Map<String, Double> empty = measure();
        long start = System.nanoTime();
        fill();
        say("%d certificates were inserted in %.0f s", certificates, (System.nanoTime() - start) / 1e9);
        measure();
        Map<String, Double> full = measure();
        say("%-34s %10s %10s %8s", "median in ms of " + TURNS, "empty", "" + certificates, "ratio");
        empty.forEach((name, before) ->
                say("%-34s %10.2f %10.2f %8.2f", name, before, full.get(name), full.get(name) / before));
    }

    private void fill() throws SQLException {
        X509CertificateHolder model = enrol();
        String url = "select ca_key_sha256 from certificate where ca_key_sha256 is not null and ca = 'test' limit 1";
        try (Connection connection = scepgate.database().connect();
                Statement statement = connection.createStatement()) {
            ResultSet key = statement.executeQuery(url);
            key.next();
            String der = HexFormat.of().formatHex(encoded(model));
            String insert = INSERT.formatted(key.getString(1), certificates, der, certificates, certificates);
            statement.execute("alter table certificate disable trigger certificate_is_found");
            statement.execute(insert);
            statement.execute("alter table certificate enable trigger certificate_is_found");
            statement.execute(NAMES);
            statement.execute("vacuum analyze certificate");
            statement.execute("vacuum analyze certificate_name");
        }
    }

    private Map<String, Double> measure() throws Exception {
        Map<String, Double> medians = new LinkedHashMap<>();
        String list = "/api/v1/certificates?limit=50&";
        medians.put("enrolment (with its challenge)", median(TURNS, this::enrol));
        medians.put("revocation", revocations());
        medians.put("until the CRL has it", median(3, this::revokeAndSee));
        medians.put("CRL, 200", median(10, () -> get("/crl/test.crl")));
        for (Map.Entry<String, String> query : queries().entrySet()) {
            medians.put(query.getKey(), median(TURNS, () -> look(list + query.getValue())));
        }
        return medians;
    }

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("list", "");
        queries.put("by serial", "serial=7f0000000000000000000000000000ff");
        queries.put("by subject", "subject=CN%3Dstock-777%2CO%3DAcme");
        queries.put("by alternative name", "san=stock-777.acme.example");
        queries.put("by start of alternative name", "san=stock-777*");
        queries.put("by start of every subject", "subject=cn*");
        queries.put("by device", "deviceId=stock-777");
        queries.put("by profile with most", "profile=demo");
        queries.put("by profile with 100", "profile=few");
        queries.put("by unknown profile", "profile=nobody");
        queries.put("by unknown CA", "ca=nobody");
        queries.put("expires within ten days", expiry());
        queries.put("valid", "state=VALID");
        queries.put("expired", "state=EXPIRED");
        queries.put("revoked", "state=REVOKED");
        queries.put("on hold", "state=ON_HOLD");
        queries.put("valid, profile with 100", "state=VALID&profile=few");
        queries.put("revoked, profile with 100", "state=REVOKED&profile=few");
        queries.put("expires in ten days, with 100", expiry() + "&profile=few");
        queries.put("start of every subject, with 100", "subject=cn*&profile=few");
        return queries;
    }

    private static String expiry() {
        Instant soon = Instant.now().plus(Duration.ofDays(70));
        return "expiresAfter=" + soon + "&expiresBefore=" + soon.plus(Duration.ofDays(10));
    }

    private double revocations() throws Exception {
        X509CertificateHolder[] victims = new X509CertificateHolder[TURNS];
        for (int i = 0; i < TURNS; i++) {
            victims[i] = enrol();
        }
        int[] next = {0};
        return median(TURNS, () -> {
            scepgate.operator().revoke(victims[next[0]++], "superseded");
            return null;
        });
    }

    private X509CertificateHolder enrol() {
        String subject = "CN=bench-" + counter++ + ",O=Acme";
        TestMdm.Challenge challenge = mdm.challenge(Scepgate.DEMO, subject);
        CertRep answer = device.send(device.request(device.csr(subject, challenge.secret())));
        return answer.issued(device.signer());
    }

    private Void revokeAndSee() {
        X509CertificateHolder victim = enrol();
        scepgate.operator().revoke(victim, "superseded");
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .until(() ->
                        new X509CRLHolder(get("/crl/test.crl").body()).getRevokedCertificate(victim.getSerialNumber())
                                != null);
        return null;
    }

    private HttpResponse<byte[]> get(String path) {
        URI uri = scepgate.server().url().resolve(path);
        return ScepEndpoint.send(HttpRequest.newBuilder(uri).build());
    }

    private Object look(String path) {
        return scepgate.operator().json(path);
    }

    private static double median(int turns, Callable<?> work) throws Exception {
        double[] millis = new double[turns];
        for (int i = 0; i < turns; i++) {
            long start = System.nanoTime();
            work.call();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis[turns / 2];
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
