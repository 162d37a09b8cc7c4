package io.menso.matching.index;

import io.menso.commons.web.Tenant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/// Finds the faces most similar to a query. Answers are exact: those of a float64 scan over all rows.
///
/// All methods can be called from any thread. What a write did is seen by every search that starts after it
/// returned.
public interface VectorIndex {

    /// Adds entries or replaces those of the same user; one that is not newer than the known one changes
    /// nothing.
    void put(Space space, List<Entry> entries);

    /// Removes a user's entry and wipes its vector as soon as no running search can read it.
    void remove(Space space, UUID user);

    /// Version of the user's entry, when there is one.
    OptionalLong version(Space space, UUID user);

    /// Revisions under which the tenant has, or had, entries.
    Set<String> revisions(Tenant tenant);

    /// Revisions under which the tenant has an entry now.
    Set<String> held(Tenant tenant);

    /// Revisions under which one of these users has an entry now; costs by their number.
    Set<String> held(Tenant tenant, Candidates candidates);

    /// The most similar entries, best first.
    ///
    /// @param query     unit length
    /// @param k         how many at most
    /// @param threshold lowest cosine that counts
    List<Hit> search(Space space, float[] query, int k, double threshold);

    /// The most similar entries to each of several queries, in the order of these.
    default List<List<Hit>> search(Space space, List<float[]> queries, int k, double threshold) {
        return queries.stream().map(query -> search(space, query, k, threshold)).toList();
    }

    /// The most similar entries among some users; costs by their number, not by the size of the space.
    List<Hit> search(Space space, float[] query, int k, double threshold, Candidates candidates);

    /// Entries of all spaces.
    long size();

    /// Forgets everything.
    void clear();
}
