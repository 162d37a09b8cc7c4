package io.menso.local.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The models that this release can install, read from `models/pins.yaml` and the `model.yaml` of each.
public final class Pins {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Pins() {}

    /// All pinned models, in the order of the list.
    public static List<PinnedModel> load() {
        try {
            List<PinnedModel> models = new ArrayList<>();
            for (JsonNode pin : YAML.readTree(resource("pins.yaml"))) {
                models.add(model(pin));
            }
            return List.copyOf(models);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of pinned models cannot be read", e);
        }
    }

    private static PinnedModel model(JsonNode pin) throws IOException {
        String yaml = resource(text(pin, "bundle") + ".yaml");
        JsonNode tree = YAML.readTree(yaml);
        List<PinnedModel.File> files = new ArrayList<>();
        for (JsonNode weights : tree.path("weights")) {
            files.add(file(text(weights, "file"), text(weights, "sha256"), pin.path("files")));
        }
        return new PinnedModel(
                text(tree, "name"),
                revision(yaml, files),
                text(tree, "task"),
                tree.path("parameters").longValue(),
                text(tree, "licence"),
                text(tree, "source"),
                yaml,
                files);
    }

    private static PinnedModel.File file(String name, String sha256, JsonNode pinned) {
        for (JsonNode pin : pinned) {
            if (text(pin, "file").equals(name)) {
                return pin.has("conversion")
                        ? converted(name, sha256, pin)
                        : new PinnedModel.File(name, upstream(pin, sha256));
            }
        }
        throw new IllegalStateException("pins.yaml does not say where " + name + " comes from");
    }

    private static PinnedModel.File converted(String name, String sha256, JsonNode pin) {
        List<PinnedModel.Upstream> upstream = new ArrayList<>();
        for (JsonNode file : pin.path("upstream")) {
            upstream.add(upstream(file, text(file, "sha256")));
        }
        return new PinnedModel.File(
                name, print(pin, sha256), Optional.of(Conversion.of(text(pin, "conversion"))), upstream);
    }

    private static PinnedModel.Upstream upstream(JsonNode pin, String sha256) {
        String repository = text(pin, "repository");
        String path = repository + "/" + text(pin, "commit") + "/" + text(pin, "path");
        return new PinnedModel.Upstream(repository, path, print(pin, sha256));
    }

    private static PinnedModel.Fingerprint print(JsonNode pin, String sha256) {
        return new PinnedModel.Fingerprint(pin.path("bytes").longValue(), sha256);
    }

    /// SHA-256 over `model.yaml` and the digests of its weights in their order; the service checks the same.
    private static String revision(String yaml, List<PinnedModel.File> files) {
        var digest = VerifiedCopy.sha256();
        digest.update(yaml.getBytes(StandardCharsets.UTF_8));
        files.forEach(file -> digest.update(HexFormat.of().parseHex(file.print().sha256())));
        return HexFormat.of().formatHex(digest.digest()).substring(0, 7);
    }

    private static String text(JsonNode node, String member) {
        String text = node.path(member).asText();
        if (text.isEmpty()) {
            throw new IllegalStateException("a pinned model lacks " + member);
        }
        return text;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Pins.class.getResourceAsStream("/models/" + name)) {
            if (in == null) {
                throw new IOException("resource /models/" + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
