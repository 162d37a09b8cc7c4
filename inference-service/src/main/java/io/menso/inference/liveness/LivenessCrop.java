package io.menso.inference.liveness;

import io.menso.inference.align.Resampler;
import io.menso.inference.detect.Box;
import io.menso.inference.image.Pixels;

/// Cuts a face out with its surroundings, as the networks of Silent-Face-Anti-Spoofing were trained on: a box `scale`
/// times as large around the same centre, made smaller where the picture is too small for it, and moved inside.
final class LivenessCrop {

    private LivenessCrop() {}

    static Pixels cut(Pixels picture, Box face, double scale, int size) {
        int maxX = picture.width() - 1;
        int maxY = picture.height() - 1;
        double fitting = Math.min(scale, Math.min(maxX / face.width(), maxY / face.height()));
        double width = Math.max(1, face.width() * fitting);
        double height = Math.max(1, face.height() * fitting);
        int left = edge(face.x() + face.width() / 2 - width / 2, width, maxX);
        int top = edge(face.y() + face.height() / 2 - height / 2, height, maxY);
        int across = Math.min((int) width + 1, picture.width() - left);
        int down = Math.min((int) height + 1, picture.height() - top);
        return Resampler.crop(picture, left, top, across, down, size);
    }

    private static int edge(double start, double length, int max) {
        return (int) Math.clamp(start, 0, Math.max(0, max - length));
    }
}
