package io.menso.inference.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;

/// Reads one folder `.../<name>/<revision>/` and trusts nothing in it: `model.yaml` is read strictly, every
/// file of weights must lie inside the folder and have the digest that `model.yaml` states.
public final class BundleReader {

    /// Name of the file that describes a bundle.
    public static final String FILE = "model.yaml";

    private static final int MAX_YAML_BYTES = 256 * 1024;
    private static final ObjectMapper YAML = JsonMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private BundleReader() {}

    /// Reads and verifies the bundle in a folder named by its revision, inside one named by the model.
    ///
    /// @throws BundleException if it is not exactly what it says it is
    public static ModelBundle read(Path directory, Origin origin) {
        byte[] bytes = yamlBytes(directory);
        ModelYaml yaml = parse(directory, bytes);
        yaml.weights().forEach(file -> verify(directory, file));
        String revision = Revision.of(bytes, yaml.weights());
        requireFolder(directory, yaml.name(), revision);
        try {
            return yaml.toBundle(revision, origin, directory);
        } catch (IllegalArgumentException e) {
            throw new BundleException(directory, String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] yamlBytes(Path directory) {
        Path file = directory.resolve(FILE);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_YAML_BYTES + 1);
            if (bytes.length > MAX_YAML_BYTES) {
                throw new BundleException(directory, FILE + " is longer than " + MAX_YAML_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new BundleException(directory, FILE + " cannot be read", e);
        }
    }

    /// Reads `model.yaml` alone.
    ///
    /// @param directory named in what is thrown
    static ModelYaml parse(Path directory, byte[] bytes) {
        try {
            ModelYaml yaml = YAML.readValue(bytes, ModelYaml.class);
            if (yaml == null) {
                throw new BundleException(directory, FILE + " is empty");
            }
            return yaml;
        } catch (JsonProcessingException e) {
            throw new BundleException(directory, FILE + ": " + reason(e), e);
        } catch (IOException e) {
            throw new BundleException(directory, FILE + " cannot be read", e);
        }
    }

    /// What our own checks said, where one of them refused; else where and what the parser said, without its dump.
    private static String reason(JsonProcessingException e) {
        Throwable cause = e.getCause();
        if (cause instanceof IllegalArgumentException || cause instanceof NullPointerException) {
            return String.valueOf(cause.getMessage());
        }
        String member = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(".", "", ": "))
                : "";
        return member + e.getOriginalMessage();
    }

    private static void requireFolder(Path directory, String name, String revision) {
        Path absolute = directory.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (!absolute.endsWith(revision) || parent == null || !parent.endsWith(name)) {
            throw new BundleException(
                    directory, "the content is " + name + "/" + revision + ", so the folder must be called that");
        }
    }

    private static void verify(Path directory, Weights file) {
        try {
            Path path = directory.resolve(file.file()).toRealPath();
            if (!path.startsWith(directory.toRealPath()) || !Files.isRegularFile(path)) {
                throw new BundleException(directory, file.file() + " is no plain file inside the bundle");
            }
            String actual = sha256(path);
            if (!actual.equals(file.sha256())) {
                throw new BundleException(
                        directory, file.file() + " has SHA-256 " + actual + " instead of " + file.sha256());
            }
        } catch (IOException e) {
            throw new BundleException(directory, file.file() + " is missing or cannot be read", e);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = Revision.sha256();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
