package io.menso.inference.evaluation.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Pairs of pictures and whether they show one person, from a CSV file with lines `path1,path2,same`.
///
/// Paths are relative to the file's folder; `same` is 1, true or yes, or 0, false or no. The first line may name the
/// columns.
///
/// @param pairs at least one of each kind
public record PairList(List<Pair> pairs) {

    private static final String COLUMNS = "path1,path2,same";

    /// Two pictures.
    public record Pair(Path left, Path right, boolean same) {}

    public PairList {
        pairs = List.copyOf(pairs);
    }

    /// @throws EvaluationException that names the first line that is wrong
    public static PairList read(Path file) {
        List<String> lines = lines(file);
        Path folder = file.toAbsolutePath().getParent();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean names = i == 0 && line.replace(" ", "").equalsIgnoreCase(COLUMNS);
            if (!line.isEmpty() && !names) {
                pairs.add(pair(folder == null ? file : folder, line, file + ", line " + (i + 1)));
            }
        }
        if (pairs.stream().noneMatch(Pair::same)) {
            throw new EvaluationException(file + " has no pair of one person");
        }
        if (pairs.stream().allMatch(Pair::same)) {
            throw new EvaluationException(file + " has no pair of different persons");
        }
        return new PairList(pairs);
    }

    /// Every picture once, in the order in which they first appear.
    public List<PictureFile> pictures() {
        return pairs.stream()
                .flatMap(pair -> Stream.of(pair.left, pair.right))
                .distinct()
                .map(path -> new PictureFile(path, path.toString()))
                .toList();
    }

    private static Pair pair(Path folder, String line, String where) {
        String[] fields = line.split(",", -1);
        if (fields.length != 3) {
            throw new EvaluationException(where + ": it must have three fields, " + COLUMNS + ", not " + fields.length);
        }
        Path left = picture(folder, fields[0].strip(), where);
        Path right = picture(folder, fields[1].strip(), where);
        return new Pair(left, right, same(fields[2].strip(), where));
    }

    private static Path picture(Path folder, String name, String where) {
        Path path = folder.resolve(name).normalize();
        if (name.isEmpty() || !Files.isRegularFile(path)) {
            throw new EvaluationException(where + ": there is no picture " + path);
        }
        return path;
    }

    private static boolean same(String text, String where) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "yes" -> true;
            case "0", "false", "no" -> false;
            default -> throw new EvaluationException(where + ": the third field must be 1 or 0, not " + text);
        };
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw EvaluationException.unreadable(file.toString(), e);
        }
    }
}
