package org.scepgate.bench;

import java.util.Locale;
import org.bouncycastle.cert.X509CertificateHolder;
import org.scepgate.testing.Scepgate;
import org.scepgate.testing.TestDevice;

/** What an enrolment costs beside 10,000 stored certificates and beside many more, in one server process. */
final class GrowthBench {
    private static final int FEW = 10_000;
    private static final int ROUNDS = 3;

    private final Scepgate scepgate;
    private final LoadBench loads;
    private final InventoryStock stock;
    private final int connections;

    GrowthBench(Scepgate scepgate, KeepAliveConnection.Target target, int connections) {
        this.scepgate = scepgate;
        this.loads = new LoadBench(scepgate, target);
        this.stock = new InventoryStock(scepgate);
        this.connections = connections;
    }

    void run(int certificates) throws Exception {
        if (certificates <= FEW) {
            throw new IllegalArgumentException("bench.growth must be more than " + FEW);
        }
        loads.sayHead("certificates");
        add(1, FEW);
        add(FEW + 1, certificates);
    }

    private void add(int first, int last) throws Exception {
        X509CertificateHolder model = enrol("CN=model-" + first + ",O=Acme");
        long start = System.nanoTime();
        stock.fill(first, last, model);
        System.out.println(String.format(
                Locale.ROOT, "(up to %d were inserted in %.0f s)", last, (System.nanoTime() - start) / 1e9));
        for (int round = 0; round < ROUNDS; round++) {
            loads.measure(last, connections);
        }
    }

    private X509CertificateHolder enrol(String subject) {
        TestDevice device = TestDevice.withRsaKey(scepgate.endpoint(Scepgate.DEMO));
        String secret = scepgate.mdm().challenge(Scepgate.DEMO, subject).secret();
        return device.send(device.request(device.csr(subject, secret))).issued(device.signer());
    }
}
