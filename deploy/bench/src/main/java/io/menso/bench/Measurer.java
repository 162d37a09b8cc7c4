package io.menso.bench;

import io.menso.bench.data.DataSet;
import io.menso.bench.data.Match;
import io.menso.bench.data.Queries;
import io.menso.bench.data.Vectors;
import io.menso.bench.engine.Engine;
import io.menso.bench.engine.LocalEngine;
import io.menso.bench.measure.Judge;
import io.menso.bench.measure.Latencies;
import io.menso.bench.measure.Memory;
import io.menso.bench.measure.Stopwatch;
import io.menso.bench.measure.WritingMeanwhile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Measures one engine over one data set.
final class Measurer {

    /// Recall of answers that have been found exact.
    private static final double COMPLETE = 1;

    private static final double FIRST_WARM_UP = 2;
    private static final double REHEARSAL = 0.3;
    private static final int REHEARSED = 2_000;

    private final Settings settings;
    private final DataSet data;
    private final Consumer<Row> rows;
    private final Vectors vectors;

    /// @param rows gets each result as soon as it is known
    Measurer(Settings settings, DataSet data, Consumer<Row> rows) {
        this.settings = settings;
        this.data = data;
        this.rows = rows;
        this.vectors = data.rows();
    }

    /// What building an engine cost.
    private record Built(double seconds, double bytes, double heap, double mapped) {}

    /// Uses an engine as it will be measured, so that what it loads and compiles is not counted as its memory.
    void rehearse(Engine engine) {
        engine.build(vectors.first(REHEARSED));
        float[][] queries = data.queries(settings.kinds().getFirst()).all();
        new Stopwatch(engine.searcher(null), queries, settings.k(), -1).warmUp(REHEARSAL * settings.seconds());
    }

    void measure(Engine engine) {
        Built built = build(engine);
        boolean warm = false;
        for (Engine variant : engine.variants()) {
            for (Queries kind : settings.kinds()) {
                for (Question question : questions(kind)) {
                    measure(variant, built, question, warm);
                    warm = true;
                }
            }
        }
        if (settings.insertRate() > 0 && engine instanceof LocalEngine local) {
            for (Queries kind : settings.kinds()) {
                measureWriting(local, built, questions(kind).getFirst());
            }
        }
    }

    /// What is asked, and among whom.
    private record Question(
            Queries kind, Limit limit, @Nullable Double filter) {}

    /// All limits without a filter, the first limit with each filter.
    private List<Question> questions(Queries kind) {
        List<Question> questions = new ArrayList<>();
        for (Double filter : settings.filters()) {
            for (Limit limit :
                    filter == null ? settings.limits() : settings.limits().subList(0, 1)) {
                questions.add(new Question(kind, limit, filter));
            }
        }
        return questions;
    }

    private Built build(Engine engine) {
        Memory before = Memory.now();
        long start = System.nanoTime();
        engine.build(vectors);
        double seconds = engine.builtBefore().orElse((System.nanoTime() - start) / 1e9);
        Memory used = Memory.now().since(before);
        double n = vectors.count();
        return new Built(seconds, (used.heap() + used.resident()) / n, used.heap() / n, engine.mappedBytes() / n);
    }

    private void measure(Engine engine, Built built, Question question, boolean warm) {
        float[][] all = data.queries(question.kind()).all();
        float[][] queries = engine.isExact() ? all : Arrays.copyOf(all, Math.min(all.length, settings.judged()));
        Engine.Search search = engine.searcher(question.filter() == null ? null : data.filter(question.filter()));
        double threshold = question.limit().threshold();
        Stopwatch stopwatch = new Stopwatch(search, queries, settings.k(), threshold);
        stopwatch.warmUp(warm ? settings.seconds() / 3 : Math.min(FIRST_WARM_UP, 2 * settings.seconds()));
        double recall = judge(engine, question, queries, search);
        long readBefore = engine.float32Rows();
        Latencies latencies = stopwatch.latencies(settings.seconds());
        Double read = readBefore < 0 ? null : (engine.float32Rows() - readBefore) / (double) latencies.count();
        double rate = settings.cores() == 1
                ? latencies.rate()
                : stopwatch.rate(Math.max(settings.seconds() / 2, 0.05), settings.cores());
        rows.accept(row(engine, built, question, latencies, rate, recall, read, 0));
    }

    private double judge(Engine engine, Question question, float[][] queries, Engine.Search search) {
        Judge judge = new Judge(vectors, queries, data.truth(question.kind(), question.filter()));
        double threshold = question.limit().threshold();
        List<List<Match>> answers = new ArrayList<>();
        for (int query = 0; query < queries.length; query++) {
            List<Match> answer = search.find(queries[query], settings.k(), threshold);
            if (engine.isExact()) {
                judge.requireExact(query, answer, settings.k(), threshold);
            }
            answers.add(answer);
        }
        return judge.recall(answers, settings.k(), threshold);
    }

    private void measureWriting(LocalEngine engine, Built built, Question question) {
        float[][] queries = data.queries(question.kind()).all();
        double threshold = question.limit().threshold();
        Stopwatch stopwatch = new Stopwatch(engine.searcher(null), queries, settings.k(), threshold);
        try (WritingMeanwhile writing =
                new WritingMeanwhile(engine, vectors.count(), data.newcomers(), settings.insertRate())) {
            stopwatch.warmUp(settings.seconds() / 3);
            Latencies latencies = stopwatch.latencies(settings.seconds());
            requireExactBesideNewRows(engine.searcher(null), question, queries);
            rows.accept(row(engine, built, question, latencies, latencies.rate(), COMPLETE, null, writing.rate()));
        }
    }

    private void requireExactBesideNewRows(Engine.Search search, Question question, float[][] queries) {
        Judge judge = new Judge(vectors, queries, data.truth(question.kind(), null));
        double threshold = question.limit().threshold();
        for (int query = 0; query < queries.length; query++) {
            List<Match> answer = search.find(queries[query], settings.k(), threshold);
            judge.requireExactBesideNewRows(query, answer, settings.k(), threshold);
        }
    }

    private Row row(
            Engine engine,
            Built built,
            Question question,
            Latencies latencies,
            double rate,
            double recall,
            @Nullable Double read,
            double inserts) {
        return new Row(
                settings.engine().label(),
                vectors.count(),
                vectors.dimension(),
                question.kind().label(),
                question.limit().cosine(),
                engine.mode(),
                settings.cores(),
                latencies.percentile(50),
                latencies.percentile(99),
                rate,
                recall,
                built.bytes(),
                built.seconds(),
                settings.k(),
                question.limit().fmr(),
                question.filter(),
                built.heap(),
                built.mapped(),
                read,
                inserts,
                latencies.count(),
                null);
    }
}
