package io.menso.matching.index.local;

import io.menso.matching.index.Candidates;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Splitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One search over one snapshot for several probes, which share the pass over memory.
final class Scan {

    private final Codec codec;
    private final Snapshot snapshot;
    private final List<Probe> probes;
    private final int k;
    private final Counters counters;
    private final List<Floor> floors = new ArrayList<>();
    private final List<List<Best>> bests = new ArrayList<>();

    /// @param threshold lowest cosine that counts
    Scan(Codec codec, Snapshot snapshot, List<Probe> probes, int k, double threshold, Counters counters) {
        this.codec = codec;
        this.snapshot = snapshot;
        this.probes = probes;
        this.k = k;
        this.counters = counters;
        for (int i = 0; i < probes.size(); i++) {
            floors.add(new Floor(threshold));
            bests.add(Collections.synchronizedList(new ArrayList<>()));
        }
    }

    /// Looks at all rows, in parts of a few chunks.
    ///
    /// @param among who counts; everybody when absent
    void all(Splitter splitter, @Nullable Candidates among) {
        List<Integer> ends = parts();
        splitter.run(ends.size(), part -> {
            List<Cascade> cascades = cascades(among);
            for (int index = part == 0 ? 0 : ends.get(part - 1); index < ends.get(part); index++) {
                for (int from = 0; from < snapshot.chunks()[index].capacity(); from += Cascade.STRIP) {
                    for (Cascade cascade : cascades) {
                        cascade.strip(index, from);
                    }
                }
            }
        });
    }

    /// Where each part ends: small chunks go together until they are as many rows as a large one.
    private List<Integer> parts() {
        List<Integer> ends = new ArrayList<>();
        Chunk[] chunks = snapshot.chunks();
        int rows = 0;
        for (int index = 0; index < chunks.length; index++) {
            rows += chunks[index].capacity();
            if (rows >= Snapshot.LARGEST_CHUNK || index == chunks.length - 1) {
                ends.add(index + 1);
                rows = 0;
            }
        }
        return ends;
    }

    /// Looks at some rows.
    ///
    /// @param places of the rows
    void some(int[] places) {
        Arrays.sort(places);
        List<Cascade> cascades = cascades(null);
        int[] rows = new int[Math.min(places.length, Cascade.STRIP)];
        int end = 0;
        for (int begin = 0; begin < places.length; begin = end) {
            int index = Snapshot.chunk(places[begin]);
            int count = 0;
            for (end = begin; end < places.length && count < rows.length; end++) {
                if (Snapshot.chunk(places[end]) != index) {
                    break;
                }
                rows[count++] = Snapshot.row(places[end]);
            }
            for (Cascade cascade : cascades) {
                cascade.rows(index, rows, count);
            }
        }
    }

    /// The hits for each probe, best first.
    List<List<Hit>> hits() {
        return bests.stream().map(parts -> Best.merge(parts, k)).toList();
    }

    private List<Cascade> cascades(@Nullable Candidates among) {
        List<Cascade> cascades = new ArrayList<>();
        for (int i = 0; i < probes.size(); i++) {
            Best best = new Best(k, floors.get(i));
            bests.get(i).add(best);
            cascades.add(new Cascade(codec, snapshot, probes.get(i), best, among, counters));
        }
        return cascades;
    }
}
