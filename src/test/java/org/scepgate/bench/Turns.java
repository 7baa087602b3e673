package org.scepgate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** What a server's turns have shown. */
record Turns(Contender contender, List<Turn> all) {

    /**
     * Times are in milliseconds, processor time for an enrolment.
     *
     * @param server what the server took
     * @param database what its database took beside it
     * @param p50 half of the answers came within that
     * @param resident MiB right after the last answer
     */
    record Turn(
            double server,
            double database,
            double perSecond,
            double p50,
            double p99,
            long resident,
            ThreadTimes threads) {

        double withDatabase() {
            return server + database;
        }
    }

    static Turns of(Contender contender) {
        return new Turns(contender, new ArrayList<>());
    }

    /** Takes one; every answer is opened and checked. */
    static Turn take(Contender contender, PreparedEnrolments prepared, int connections) throws Exception {
        int enrolments = prepared.messages().size();
        ThreadTimes threads = ThreadTimes.of(contender.pid());
        Duration server = contender.server().get();
        Duration database = contender.database().get();
        Load load = Load.send(prepared.messages(), connections, contender.port(), contender.target());
        Turn turn = new Turn(
                each(contender.server().get().minus(server), enrolments),
                each(contender.database().get().minus(database), enrolments),
                load.perSecond(),
                load.percentile(0.50),
                load.percentile(0.99),
                ResidentMemory.mebibytes(contender.pid()),
                ThreadTimes.of(contender.pid()).minus(threads));
        prepared.check(load.answers(), contender.serials());
        return turn;
    }

    private static double each(Duration time, int enrolments) {
        return (double) time.toMillis() / enrolments;
    }

    double median(ToDoubleFunction<Turn> value) {
        return StatUtils.percentile(all.stream().mapToDouble(value).toArray(), 50);
    }

    /**
     * The median of what each round says: what slows the machine down slows all of a round down.
     *
     * @param divisor for each round
     */
    double medianRatio(ToDoubleFunction<Turn> value, IntToDoubleFunction divisor) {
        double[] ratios = new double[all.size()];
        Arrays.setAll(ratios, round -> value.applyAsDouble(all.get(round)) / divisor.applyAsDouble(round));
        return StatUtils.percentile(ratios, 50);
    }

    ThreadTimes threads() {
        return all.stream().map(Turn::threads).reduce(ThreadTimes::plus).orElseThrow();
    }
}
