package io.menso.inference.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads the twelve outputs of YuNet (Wu, Peng, Yu: "YuNet: A Tiny Millisecond-level Face Detector", 2023).
///
/// For strides 8, 16 and 32 the network says per cell: class and object probability, box as offset of the centre and
/// logarithm of the size, and five points as offsets, all in units of the stride.
public final class YuNetDecoder {

    private static final int[] STRIDES = {8, 16, 32};
    private static final double OVERLAP = 0.3;
    private static final int MAX_CANDIDATES = 2000;

    private YuNetDecoder() {}

    /// @param outputs   twelve rows in the order cls, obj, bbox, kps, each for the three strides
    /// @param width     width of the input, a multiple of 32
    /// @param threshold smallest score, 0 to 1
    /// @return faces in the coordinates of the input, the largest first
    public static List<Face> decode(List<float[]> outputs, int width, double threshold) {
        List<Face> candidates = new ArrayList<>();
        for (int level = 0; level < STRIDES.length; level++) {
            level(outputs, level, width, threshold, candidates);
        }
        candidates.sort(Comparator.comparingDouble(Face::score).reversed());
        List<Face> faces = suppress(candidates.subList(0, Math.min(candidates.size(), MAX_CANDIDATES)));
        faces.sort(Comparator.comparingDouble((Face face) -> face.box().area()).reversed());
        return faces;
    }

    private static void level(List<float[]> outputs, int level, int width, double threshold, List<Face> target) {
        float[] classes = outputs.get(level);
        float[] objects = outputs.get(3 + level);
        int across = width / STRIDES[level];
        for (int cell = 0; cell < classes.length; cell++) {
            double score = Math.sqrt(Math.clamp(classes[cell], 0f, 1f) * Math.clamp(objects[cell], 0f, 1f));
            if (score >= threshold) {
                target.add(face(
                        outputs.get(6 + level),
                        outputs.get(9 + level),
                        cell,
                        cell % across,
                        cell / across,
                        STRIDES[level],
                        score));
            }
        }
    }

    private static Face face(float[] boxes, float[] points, int cell, int column, int row, int stride, double score) {
        double width = Math.exp(boxes[4 * cell + 2]) * stride;
        double height = Math.exp(boxes[4 * cell + 3]) * stride;
        double centreX = (column + boxes[4 * cell]) * stride;
        double centreY = (row + boxes[4 * cell + 1]) * stride;
        List<Point> landmarks = new ArrayList<>(5);
        for (int i = 0; i < 5; i++) {
            landmarks.add(new Point(
                    (points[10 * cell + 2 * i] + column) * stride, (points[10 * cell + 2 * i + 1] + row) * stride));
        }
        return new Face(score, new Box(centreX - width / 2, centreY - height / 2, width, height), landmarks);
    }

    /// Of faces that overlap keeps the surest; `candidates` come surest first.
    static List<Face> suppress(List<Face> candidates) {
        List<Face> kept = new ArrayList<>();
        for (Face candidate : candidates) {
            if (kept.stream().noneMatch(face -> face.box().overlap(candidate.box()) > OVERLAP)) {
                kept.add(candidate);
            }
        }
        return kept;
    }
}
