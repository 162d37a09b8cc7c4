package io.menso.local.models;

import java.net.URI;
import java.util.List;
import java.util.Optional;

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

    /// What a file must be, to the bit.
    ///
    /// @param bytes  exact length
    /// @param sha256 64 lower-case hexadecimal digits
    public record Fingerprint(long bytes, String sha256) {}

    /// One file of weights in the bundle.
    ///
    /// @param name       file name in the bundle
    /// @param print      what it must be
    /// @param conversion what makes it from upstream's files; absent when it is upstream's own
    /// @param upstream   the files it is made from, at least one
    public record File(String name, Fingerprint print, Optional<Conversion> conversion, List<Upstream> upstream) {

        public File {
            upstream = List.copyOf(upstream);
            if (upstream.size() != conversion.map(Conversion::files).orElse(1)) {
                throw new IllegalArgumentException(name + " is made from another number of files");
            }
        }

        /// A file that is taken as upstream has it.
        public File(String name, Upstream upstream) {
            this(name, upstream.print(), Optional.empty(), List.of(upstream));
        }
    }

    /// One of upstream's files.
    ///
    /// @param repository `owner/name`
    /// @param path       `repository/commit/path`, as raw files are addressed
    /// @param print      what it must be
    public record Upstream(String repository, String path, Fingerprint print) {

        /// Its name without folders.
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /// Where the file lies below a host of raw files.
        URI at(URI host) {
            return host.resolve("/" + path);
        }

        /// Where the file lies below a folder of downloaded models: `<owner>__<repository>/<file name>`.
        String inFolder() {
            return repository.replace("/", "__") + "/" + name();
        }
    }

    public PinnedModel {
        files = List.copyOf(files);
    }

    /// Length of everything that must be had from upstream, in bytes.
    public long bytes() {
        return files.stream()
                .flatMap(file -> file.upstream().stream())
                .mapToLong(upstream -> upstream.print().bytes())
                .sum();
    }
}
