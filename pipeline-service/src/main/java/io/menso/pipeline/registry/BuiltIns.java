package io.menso.pipeline.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.sandbox.Script;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The pipelines that every customer has. They are scripts like any other, run by the same sandbox (G1).
@ApplicationScoped
public class BuiltIns {

    /// Their names.
    public static final List<String> NAMES = List.of("enroll_face", "identify", "verify");

    private final Map<String, Script> scripts;

    @Inject
    public BuiltIns() {
        scripts = NAMES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), BuiltIns::read));
    }

    public Optional<Script> find(String name) {
        return Optional.ofNullable(scripts.get(name));
    }

    /// @throws ApiException 405 when the name is one of theirs
    void refuseChange(String name) {
        if (scripts.containsKey(name)) {
            throw new ApiException(
                    405,
                    ApiException.BAD_REQUEST,
                    "A built-in pipeline cannot be changed",
                    Map.of("Allow", "GET, HEAD, POST"));
        }
    }

    private static Script read(String name) {
        try (InputStream file = BuiltIns.class.getResourceAsStream("/pipelines/" + name + ".js")) {
            return Script.of(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
