package io.menso.local.models;

import java.net.URI;
import java.util.List;

/// A bundle that can be installed: its `model.yaml` and the files of weights it needs.
///
/// @param name       name of the model in the API
/// @param revision   first 7 hexadecimal digits of the content digest; the folder's name
/// @param task       what it is for
/// @param parameters number of trained parameters
/// @param licence    terms of the weights
/// @param source     where they come from, at a full commit
/// @param yaml       the text of `model.yaml`
/// @param files      the weights
public record PinnedModel(
        String name,
        String revision,
        String task,
        long parameters,
        String licence,
        String source,
        String yaml,
        List<File> files) {

    /// One file of weights.
    ///
    /// @param name       file name in the bundle
    /// @param repository `owner/name` upstream
    /// @param path       `repository/commit/path`, as upstream's raw files are addressed
    /// @param bytes      exact length
    /// @param sha256     64 lower-case hexadecimal digits
    public record File(String name, String repository, String path, long bytes, String sha256) {

        /// Where the file lies below a host of raw files.
        URI at(URI host) {
            return host.resolve("/" + path);
        }

        /// Where the file lies below a folder of downloaded models: `<owner>__<repository>/<file name>`.
        String inFolder() {
            return repository.replace("/", "__") + "/" + path.substring(path.lastIndexOf('/') + 1);
        }
    }

    public PinnedModel {
        files = List.copyOf(files);
    }

    /// Length of all weights in bytes.
    public long bytes() {
        return files.stream().mapToLong(File::bytes).sum();
    }
}
