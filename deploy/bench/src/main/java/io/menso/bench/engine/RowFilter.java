package io.menso.bench.engine;

import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/// Some documents of an index with one segment, known beforehand: the cheapest filter that Lucene can get.
final class RowFilter extends Query {

    private final FixedBitSet rows;

    RowFilter(int[] rows, int documents) {
        this.rows = new FixedBitSet(documents);
        for (int row : rows) {
            this.rows.set(row);
        }
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext context) {
                long cost = rows.approximateCardinality();
                int documents = context.reader().maxDoc();
                return ConstantScoreScorerSupplier.fromIterator(
                        new BitSetIterator(rows, cost), score(), mode, documents);
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    @Override
    public String toString(String field) {
        return "rows";
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowFilter filter && filter.rows.equals(rows);
    }

    @Override
    public int hashCode() {
        return classHash() + 31 * rows.hashCode();
    }
}
