package io.menso.inference.evaluation.input;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// A picture and who is on it.
///
/// @param path   of the file
/// @param person its name
public record PictureFile(Path path, String person) {

    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "jp2", "j2k", "jpx");

    /// The person is everything before the last underscore of the name; without one it is the whole name, so that
    /// each such picture shows somebody else.
    public static PictureFile of(Path path) {
        String name = path.toFile().getName();
        String stem = name.substring(0, name.lastIndexOf('.'));
        int underscore = stem.lastIndexOf('_');
        return new PictureFile(path, underscore > 0 ? stem.substring(0, underscore) : stem);
    }

    /// Whether a file's name ends as that of a picture that the service reads.
    public static boolean isPicture(Path path) {
        String name = path.toFile().getName();
        return name.lastIndexOf('.') > 0
                && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
