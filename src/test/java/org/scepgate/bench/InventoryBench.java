package org.scepgate.bench;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.StatUtils;
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
        new InventoryStock(scepgate).fill(1, certificates);
        say("%d certificates were inserted in %.0f s", certificates, (System.nanoTime() - start) / 1e9);
        measure();
        Map<String, Double> full = measure();
        say("%-34s %10s %10s %8s", "median in ms of " + TURNS, "empty", "" + certificates, "ratio");
        empty.forEach((name, before) ->
                say("%-34s %10.2f %10.2f %8.2f", name, before, full.get(name), full.get(name) / before));
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
        return StatUtils.percentile(millis, 50);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
