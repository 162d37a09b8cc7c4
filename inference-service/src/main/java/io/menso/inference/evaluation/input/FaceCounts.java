package io.menso.inference.evaluation.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Pictures and how many faces each has, for a detector.
///
/// A folder with `faces.csv` (lines `file,faces`, files relative to it) is read so. In any other folder every picture
/// has at least one face, and those in its sub-folder `noface` have none.
public final class FaceCounts {

    /// Name of the list, and of the folder of pictures without faces.
    static final String LIST = "faces.csv";

    static final String NONE = "noface";
    private static final String COLUMNS = "file,faces";

    private FaceCounts() {}

    /// One picture.
    ///
    /// @param path  of the file
    /// @param faces how many there are
    /// @param exact whether more would be wrong; else only the largest face is asked for
    public record Expected(Path path, int faces, boolean exact) {}

    /// @throws EvaluationException when the folder or a line of the list is wrong
    public static List<Expected> read(Path folder) {
        Path list = folder.resolve(LIST);
        if (Files.isRegularFile(list)) {
            return listed(folder, list);
        }
        List<Expected> pictures = new ArrayList<>();
        Path none = folder.resolve(NONE);
        if (Files.isDirectory(none)) {
            PictureFolder.pictures(none).forEach(path -> pictures.add(new Expected(path, 0, true)));
        }
        if (pictures.isEmpty() || PictureFolder.contains(folder)) {
            PictureFolder.pictures(folder).forEach(path -> pictures.add(new Expected(path, 1, false)));
        }
        return pictures;
    }

    private static List<Expected> listed(Path folder, Path list) {
        List<Expected> pictures = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(list);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                boolean names = i == 0 && line.replace(" ", "").equalsIgnoreCase(COLUMNS);
                if (!line.isEmpty() && !names) {
                    pictures.add(expected(folder, line, list + ", line " + (i + 1)));
                }
            }
        } catch (IOException e) {
            throw EvaluationException.unreadable(list.toString(), e);
        }
        if (pictures.isEmpty()) {
            throw new EvaluationException(list + " lists no pictures");
        }
        return pictures;
    }

    private static Expected expected(Path folder, String line, String where) {
        String[] fields = line.split(",", -1);
        if (fields.length != 2 || !fields[1].strip().matches("[0-9]{1,6}")) {
            throw new EvaluationException(where + ": it must be a file and a number of faces, " + COLUMNS);
        }
        Path path = folder.resolve(fields[0].strip());
        if (!Files.isRegularFile(path)) {
            throw new EvaluationException(where + ": there is no picture " + path);
        }
        return new Expected(path, Integer.parseInt(fields[1].strip()), true);
    }
}
