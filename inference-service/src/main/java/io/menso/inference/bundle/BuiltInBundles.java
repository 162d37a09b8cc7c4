package io.menso.inference.bundle;

import io.menso.inference.bundle.BundleFolder.Dated;
import io.menso.inference.bundle.BundleFolder.Found;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The bundles that are shipped inside the service, as resources `models/<name>/<revision>/`; `models/index` lists
/// them, one `<name>/<revision>` a line.
///
/// Engines read files, so each bundle is unpacked into a cache folder and then read with the same checks as a
/// pulled one. It appears there whole or not at all, services that start at the same time take turns, and what
/// lies there unharmed is used as it is, also from a folder that cannot be written.
public final class BuiltInBundles {

    private static final String INDEX = "index";
    private static final Pattern ENTRY = Pattern.compile("[a-z][a-z0-9_]{0,62}[KM]/[0-9a-f]{7}");
    private static final String UNFINISHED = ".unfinished-";
    private static final FileTime NEVER = FileTime.fromMillis(0);

    /// A file lock holds between processes; within this one, threads need another.
    private static final Object TURN = new Object();

    private final Resources resources;
    private final Path cache;

    /// Where the bundles lie before they are unpacked.
    @FunctionalInterface
    public interface Resources {

        /// @param path below `models/`
        /// @return null when there is no such resource
        @Nullable
        InputStream open(String path) throws IOException;
    }

    /// @param resources where they lie, relative to `models/`
    /// @param cache     folder to unpack them into; made when missing
    public BuiltInBundles(Resources resources, Path cache) {
        this.resources = resources;
        this.cache = cache;
    }

    /// Those of this service.
    public static BuiltInBundles ofService(Path cache) {
        return new BuiltInBundles(path -> BuiltInBundles.class.getResourceAsStream("/models/" + path), cache);
    }

    /// Those that can be used, unpacked, in the order of the index.
    public List<ModelBundle> bundles() {
        return read().bundles().stream().map(Dated::bundle).toList();
    }

    /// Unpacks and reads all of them; one that cannot be used is a problem of its own.
    Found read() {
        List<Dated> bundles = new ArrayList<>();
        List<BundleException> problems = new ArrayList<>();
        for (String entry : index()) {
            try {
                bundles.add(new Dated(read(entry), NEVER));
            } catch (BundleException e) {
                problems.add(e);
            } catch (IOException e) {
                problems.add(new BundleException(
                        cache.resolve(entry),
                        "the built-in bundle cannot be unpacked here; menso.inference.models-cache-dir names another"
                                + " folder",
                        e));
            }
        }
        return new Found(bundles, problems);
    }

    private List<String> index() {
        try (InputStream in = resources.open(INDEX)) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
        } catch (IOException e) {
            throw new BundleException(cache, "the list of built-in bundles cannot be read", e);
        }
    }

    private ModelBundle read(String entry) throws IOException {
        if (!ENTRY.matcher(entry).matches()) {
            throw new BundleException(cache, "the list of built-in bundles holds a line that is none: " + entry);
        }
        Path place = cache.resolve(entry);
        byte[] yaml = bytes(entry + "/" + BundleReader.FILE);
        Optional<ModelBundle> there = intact(place, yaml);
        return there.isPresent() ? there.get() : unpackInTurn(entry, place, yaml);
    }

    /// What was unpacked earlier, unless it is damaged or something else.
    private static Optional<ModelBundle> intact(Path place, byte[] yaml) throws IOException {
        Path file = place.resolve(BundleReader.FILE);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), yaml)) {
            return Optional.empty();
        }
        try {
            return Optional.of(BundleReader.read(place, Origin.BUILT_IN));
        } catch (BundleException e) {
            return Optional.empty();
        }
    }

    private ModelBundle unpackInTurn(String entry, Path place, byte[] yaml) throws IOException {
        Files.createDirectories(cache);
        synchronized (TURN) {
            try (FileChannel channel = FileChannel.open(
                            cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                Optional<ModelBundle> there = intact(place, yaml);
                if (there.isPresent()) {
                    return there.get();
                }
                unpack(entry, place, yaml);
            }
        }
        return BundleReader.read(place, Origin.BUILT_IN);
    }

    private void unpack(String entry, Path place, byte[] yaml) throws IOException {
        Path model = Files.createDirectories(cache.resolve(entry.substring(0, entry.indexOf('/'))));
        removeUnfinished(model);
        Path gathering = Files.createTempDirectory(model, UNFINISHED);
        try {
            Files.write(gathering.resolve(BundleReader.FILE), yaml);
            for (Weights file : BundleReader.parse(place, yaml).weights()) {
                try (InputStream in = open(entry + "/" + file.file())) {
                    Files.copy(in, gathering.resolve(file.file()));
                }
            }
            // Another service on this cache may run as another user; temporary folders are private.
            gathering.toFile().setExecutable(true, false);
            gathering.toFile().setReadable(true, false);
            delete(place);
            Files.move(gathering, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(gathering);
        }
    }

    /// What a service left that was ended while it unpacked: whoever has the turn is alone.
    private static void removeUnfinished(Path model) throws IOException {
        try (Stream<Path> entries = Files.list(model)) {
            for (Path entry : entries.filter(path -> path.toFile().getName().startsWith(UNFINISHED))
                    .toList()) {
                delete(entry);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private byte[] bytes(String path) throws IOException {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        }
    }

    private InputStream open(String path) throws IOException {
        InputStream in = resources.open(path);
        if (in == null) {
            throw new FileNotFoundException("resource models/" + path + " is missing");
        }
        return in;
    }
}
