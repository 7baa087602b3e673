package org.scepgate.bench;

import java.sql.SQLException;
import java.util.Locale;
import org.scepgate.testing.Scepgate;

/** What an enrolment costs beside 10,000 stored certificates and beside many more, in one server process. */
final class GrowthBench {
    private static final int FEW = 10_000;
    private static final int ROUNDS = 3;

    private final LoadBench loads;
    private final InventoryStock stock;
    private final int connections;

    GrowthBench(Scepgate scepgate, int connections) throws SQLException {
        this.loads = new LoadBench(scepgate);
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
        long start = System.nanoTime();
        stock.fill(first, last);
        System.out.println(String.format(
                Locale.ROOT, "(up to %d were inserted in %.0f s)", last, (System.nanoTime() - start) / 1e9));
        for (int round = 0; round < ROUNDS; round++) {
            loads.measure(last, connections);
        }
    }
}
