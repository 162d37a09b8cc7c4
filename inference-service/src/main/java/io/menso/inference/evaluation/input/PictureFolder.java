package io.menso.inference.evaluation.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Folders of pictures.
public final class PictureFolder {

    private PictureFolder() {}

    /// Pictures of a folder itself, by name.
    ///
    /// @throws EvaluationException when there is no such folder, or no picture in it
    public static List<Path> pictures(Path folder) {
        List<Path> pictures = list(folder).filter(PictureFile::isPicture).toList();
        if (pictures.isEmpty()) {
            throw new EvaluationException("there are no pictures in " + folder);
        }
        return pictures;
    }

    /// Whether a folder itself holds a picture.
    static boolean contains(Path folder) {
        return list(folder).anyMatch(PictureFile::isPicture);
    }

    /// Folders inside a folder, by name; hidden ones are left alone.
    public static List<Path> folders(Path folder) {
        return list(folder).filter(Files::isDirectory).toList();
    }

    /// Pictures of a folder with the persons on them, the pictures of a person side by side.
    public static List<PictureFile> faces(Path folder) {
        return pictures(folder).stream()
                .map(PictureFile::of)
                .sorted(Comparator.comparing(PictureFile::person).thenComparing(PictureFile::path))
                .toList();
    }

    /// The same for the persons that a file lists, one a line; empty lines and those that begin with `#` do not count.
    /// A list may name persons of other folders too.
    ///
    /// @throws EvaluationException when nobody is listed, or nobody of them has a picture
    public static List<PictureFile> faces(Path folder, Path persons) {
        Set<String> wanted = persons(persons);
        List<PictureFile> faces = faces(folder).stream()
                .filter(face -> wanted.contains(face.person()))
                .toList();
        if (faces.isEmpty()) {
            throw new EvaluationException(
                    "none of the " + wanted.size() + " persons in " + persons + " has a picture in " + folder);
        }
        return faces;
    }

    private static Set<String> persons(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            Set<String> persons = lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toSet());
            if (persons.isEmpty()) {
                throw new EvaluationException(file + " lists no persons");
            }
            return persons;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new EvaluationException("the list of persons cannot be read: " + file, e);
        }
    }

    private static Stream<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new EvaluationException("there is no folder " + folder);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.toFile().getName().startsWith(".")).sorted().toList().stream();
        } catch (IOException e) {
            throw EvaluationException.unreadable(folder.toString(), e);
        }
    }
}
