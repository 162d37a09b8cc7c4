package io.menso.inference.checks;

import io.menso.inference.checks.CheckMode.Check;
import io.menso.inference.detect.Box;
import io.menso.inference.detect.Face;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/// Judges a frame by itself (decisions H8 to H10).
@ApplicationScoped
public class FrameChecks {

    private final ChecksConfig config;

    @Inject
    public FrameChecks(ChecksConfig config) {
        this.config = config;
    }

    /// What is known of a frame.
    ///
    /// @param width   of the upright picture in pixels
    /// @param height  of the upright picture in pixels
    /// @param faces   largest first
    /// @param quality score of the largest, 0 without a face
    public record Frame(int width, int height, List<Face> faces, double quality) {}

    /// What is wrong with a frame.
    ///
    /// @param code       the first check that fails; empty when the frame is usable
    /// @param comparable its best face is clear and good enough to be compared with the other frames'
    public record Verdict(Optional<FaceCode> code, boolean comparable) {

        public boolean usable() {
            return code.isEmpty();
        }
    }

    /// Makes the checks of a mode in the order of H8.
    public Verdict judge(Frame frame, CheckMode mode) {
        if (!mode.refuses()) {
            return new Verdict(Optional.empty(), !frame.faces().isEmpty());
        }
        Optional<FaceCode> unclear = clear(frame.faces());
        if (unclear.isPresent()) {
            return new Verdict(unclear, false);
        }
        boolean good = frame.quality() >= requiredQuality(mode);
        Optional<FaceCode> code = mode.has(Check.FRAMING) ? framing(frame) : Optional.empty();
        if (code.isEmpty() && !good) {
            code = Optional.of(FaceCode.BAD_QUALITY);
        }
        return new Verdict(code, good);
    }

    private double requiredQuality(CheckMode mode) {
        if (mode.has(Check.QUALITY)) {
            return config.quality();
        }
        return mode.has(Check.QUALITY_FLOOR) ? config.qualityFloor() : 0;
    }

    private Optional<FaceCode> clear(List<Face> faces) {
        if (faces.isEmpty()) {
            return Optional.of(FaceCode.NO_FACE_DETECTED);
        }
        boolean doubtful = faces.size() > 1
                && faces.get(1).box().area()
                        >= config.secondFace() * faces.get(0).box().area();
        return doubtful ? Optional.of(FaceCode.MULTIPLE_BEST_FACE_CANDIDATES) : Optional.empty();
    }

    private Optional<FaceCode> framing(Frame frame) {
        Face face = frame.faces().getFirst();
        double height = face.box().height() / Math.min(frame.width(), frame.height());
        if (height < config.minHeight() || face.eyeDistance() < config.minEyeDistance()) {
            return Optional.of(FaceCode.MOVE_IN);
        }
        if (height > config.maxHeight()) {
            return Optional.of(FaceCode.MOVE_OUT);
        }
        return direction(frame, face.box());
    }

    /// The larger of the two offsets that are out of bounds, or that cut the face.
    private Optional<FaceCode> direction(Frame frame, Box box) {
        Axis across = axis(box.x(), box.width(), frame.width());
        Axis down = axis(box.y(), box.height(), frame.height());
        if (!across.wrong() && !down.wrong()) {
            return Optional.empty();
        }
        boolean sideways = across.wrong() && (!down.wrong() || across.distance() >= down.distance());
        if (sideways) {
            return Optional.of(across.forward() ? FaceCode.MOVE_RIGHT : FaceCode.MOVE_LEFT);
        }
        return Optional.of(down.forward() ? FaceCode.MOVE_DOWN : FaceCode.MOVE_UP);
    }

    /// Place of a face along one side of the picture.
    ///
    /// @param wrong    whether it must move
    /// @param forward  towards larger coordinates
    /// @param distance of its centre from the middle, as a share of the side
    private record Axis(boolean wrong, boolean forward, double distance) {}

    private Axis axis(double start, double length, double side) {
        double offset = (start + length / 2) / side - 0.5;
        boolean cutBefore = start < -config.cutTolerance() * length;
        boolean cutBehind = start + length > side + config.cutTolerance() * length;
        if (cutBefore != cutBehind) {
            return new Axis(true, cutBefore, Math.abs(offset));
        }
        return new Axis(Math.abs(offset) > config.centreOffset(), offset < 0, Math.abs(offset));
    }
}
