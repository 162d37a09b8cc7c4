package io.menso.inference.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A folder `<models-dir>/<name>/<revision>/` of bundles that the operator installed.
final class BundleFolder {

    private BundleFolder() {}

    /// What was found.
    ///
    /// @param bundles  those that can be used
    /// @param problems one for each that was left out
    record Found(List<Dated> bundles, List<BundleException> problems) {}

    /// A bundle and when its folder was last changed.
    record Dated(ModelBundle bundle, FileTime time) {}

    /// Reads and verifies everything under the folder; a folder that does not exist holds no bundles.
    ///
    /// @throws BundleException if the folder itself cannot be listed
    static Found read(Path modelsDirectory) {
        List<Dated> bundles = new ArrayList<>();
        List<BundleException> problems = new ArrayList<>();
        for (Path model : folders(modelsDirectory)) {
            for (Path revision : folders(model)) {
                try {
                    bundles.add(
                            new Dated(BundleReader.read(revision, Origin.PULLED), Files.getLastModifiedTime(revision)));
                } catch (BundleException e) {
                    problems.add(e);
                } catch (IOException e) {
                    problems.add(new BundleException(revision, "its time cannot be read", e));
                }
            }
        }
        return new Found(bundles, problems);
    }

    /// Folders inside a folder, by name; hidden ones are unfinished downloads.
    private static List<Path> folders(Path parent) {
        if (!Files.exists(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.toFile().getName().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BundleException(parent, "it cannot be listed", e);
        }
    }
}
