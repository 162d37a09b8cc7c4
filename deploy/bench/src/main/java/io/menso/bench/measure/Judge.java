package io.menso.bench.measure;

import io.menso.bench.data.Kernels;
import io.menso.bench.data.Match;
import io.menso.bench.data.Truth;
import io.menso.bench.data.Vectors;
import java.util.List;

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

    /// Right answers found, of all that there were; 1 when there was nothing to find. A row that is as similar as the
    /// last right one is as good.
    public double recall(List<List<Match>> answers, int k, double threshold) {
        long right = 0;
        long found = 0;
        for (int query = 0; query < answers.size(); query++) {
            List<Match> expected = expected(query, k, threshold);
            if (!expected.isEmpty()) {
                right += expected.size();
                double floor = expected.getLast().cosine() - SCORE_TOLERANCE;
                found += Math.min(expected.size(), good(query, answers.get(query), floor));
            }
        }
        return right == 0 ? 1 : (double) found / right;
    }

    private long good(int query, List<Match> answer, double floor) {
        return answer.stream()
                .filter(match -> cosine(query, match.row()) >= floor)
                .count();
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

    /// The same while rows that the float64 scan did not know are being added: the others must be right, and none may
    /// be
    /// missing unless new ones took its place.
    ///
    /// @throws WrongAnswerException unless they are
    public void requireExactBesideNewRows(int query, List<Match> answer, int k, double threshold) {
        List<Match> known =
                answer.stream().filter(match -> match.row() < rows.count()).toList();
        int places = k - (answer.size() - known.size());
        requireExact(query, known, places, threshold);
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

    private double cosine(int query, int row) {
        return Kernels.exactDot(rows.get(row), queries[query]);
    }
}
