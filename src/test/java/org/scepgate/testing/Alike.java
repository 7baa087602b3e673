package org.scepgate.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * Whether times tell kinds of requests apart: each kind against the first, by Welch's t-test and by Mann-Whitney's, on all
 * times as they were measured. Of so many comparisons some fall below any bound by chance, so that p is adjusted by Holm's
 * method: where all kinds are alike, the least is below 0.01 in one run of a hundred.
 */
public final class Alike {
    private Alike() {}

    /**
     * One comparison.
     *
     * @param later by how many ms the mean is later than that of the first kind
     * @param p adjusted for all comparisons that were made
     */
    public record Comparison(String kind, String test, double median, double later, double raw, double p) {
        @Override
        public String toString() {
            return "%-28s %-12s median %.3f ms  mean %+.3f ms  p %.4f  adjusted %.4f"
                    .formatted(kind, test, median, later, raw, p);
        }
    }

    /** @param times in ms, by kind, in an order of which the first kind is compared with all others */
    public static List<Comparison> compare(Map<String, double[]> times) {
        List<Comparison> found = new ArrayList<>();
        double[] first = times.values().iterator().next();
        times.forEach((kind, these) -> {
            if (these != first) {
                double median = StatUtils.percentile(these, 50);
                double later = StatUtils.mean(these) - StatUtils.mean(first);
                found.add(new Comparison(kind, "Welch", median, later, new TTest().tTest(first, these), 1));
                double rank = new MannWhitneyUTest().mannWhitneyUTest(first, these);
                found.add(new Comparison(kind, "Mann-Whitney", median, later, rank, 1));
            }
        });
        return adjusted(found);
    }

    private static List<Comparison> adjusted(List<Comparison> found) {
        List<Comparison> byP =
                found.stream().sorted(Comparator.comparing(Comparison::raw)).toList();
        double[] p = new double[byP.size()];
        IntStream.range(0, p.length).forEach(i -> {
            double own = Math.min(1, byP.get(i).raw() * (p.length - i));
            p[i] = i == 0 ? own : Math.max(own, p[i - 1]);
        });
        return IntStream.range(0, p.length)
                .mapToObj(i -> new Comparison(
                        byP.get(i).kind(),
                        byP.get(i).test(),
                        byP.get(i).median(),
                        byP.get(i).later(),
                        byP.get(i).raw(),
                        p[i]))
                .toList();
    }
}
