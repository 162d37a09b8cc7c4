package io.menso.bench.measure;

import io.menso.bench.data.Kernels;
import io.menso.bench.data.Match;
import io.menso.bench.data.Truth;
import io.menso.bench.data.Vectors;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares answers with the right ones.
public final class Judge {

    private static final double SCORE_TOLERANCE = 1e-6;

    /// Two orders of adding up the same products differ by less: such cosines are equal for whoever adds them up.
    private static final double ROUNDING = 1e-12;

    private final Vectors rows;
    private final float[][] queries;
    private final Truth truth;

    public Judge(Vectors rows, float[][] queries, Truth truth) {
        this.rows = rows;
        this.queries = queries;
        this.truth = truth;
    }

    /// Right answers found, of all that there were; 1 when there was nothing to find.
    public double recall(List<List<Match>> answers, int k, double threshold) {
        long right = 0;
        long found = 0;
        for (int query = 0; query < answers.size(); query++) {
            List<Match> expected = expected(query, k, threshold);
            Set<Integer> given = answers.get(query).stream().map(Match::row).collect(Collectors.toSet());
            right += expected.size();
            found += expected.stream()
                    .filter(match -> given.contains(match.row()))
                    .count();
        }
        return right == 0 ? 1 : (double) found / right;
    }

    /// @throws WrongAnswerException unless rows, order and cosines are those of the float64 scan
    public void requireExact(int query, List<Match> answer, int k, double threshold) {
        List<Match> expected = expected(query, k, threshold);
        int common = Math.min(expected.size(), answer.size());
        for (int i = 0; i < common; i++) {
            requireSame(query, i, expected.get(i), answer.get(i));
        }
        List<Match> rest = expected.size() > common
                ? expected.subList(common, expected.size())
                : answer.subList(common, answer.size());
        for (Match match : rest) {
            if (Math.abs(match.cosine() - threshold) > ROUNDING) {
                throw new WrongAnswerException(
                        "query " + query + " has " + expected.size() + " hits, the engine gave " + answer.size());
            }
        }
    }

    private List<Match> expected(int query, int k, double threshold) {
        List<Match> all = truth.answer(query, threshold);
        return all.subList(0, Math.min(k, all.size()));
    }

    private void requireSame(int query, int place, Match expected, Match given) {
        boolean sameRow = expected.row() == given.row() || differByRounding(query, expected.row(), given.row());
        if (!sameRow || Math.abs(expected.cosine() - given.cosine()) > SCORE_TOLERANCE) {
            throw new WrongAnswerException("query " + query + ", hit " + (place + 1) + ": row " + expected.row()
                    + " with cosine " + expected.cosine() + " is right, the engine gave row " + given.row() + " with "
                    + given.cosine());
        }
    }

    /// Equal vectors have equal cosines in any order of adding up, and their order is that of the ids.
    private boolean differByRounding(int query, int one, int other) {
        if (other < 0 || other >= rows.count()) {
            return false;
        }
        double difference = Math.abs(
                Kernels.exactDot(rows.get(one), queries[query]) - Kernels.exactDot(rows.get(other), queries[query]));
        return difference > 0 && difference < ROUNDING;
    }
}
