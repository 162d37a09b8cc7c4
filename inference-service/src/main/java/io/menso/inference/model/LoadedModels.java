package io.menso.inference.model;

import io.menso.inference.bundle.Calibration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Everything that can be executed at one time, and the networks that it uses.
final class LoadedModels implements AutoCloseable {

    /// Stands for the newest revision (decision F2).
    static final String LATEST = "latest";

    private final Map<String, Map<String, Model>> models = new TreeMap<>();
    private final Map<String, CalibrationResponse> calibrations;
    private final List<AutoCloseable> networks;
    private final String gap;

    /// @param models       the newest revision of a name first
    /// @param calibrations by revision of the embedding
    /// @param gap          why there is no composite model, if there is none
    LoadedModels(
            List<Model> models,
            Map<String, CalibrationResponse> calibrations,
            List<AutoCloseable> networks,
            String gap) {
        models.forEach(model -> this.models
                .computeIfAbsent(model.name(), _ -> new LinkedHashMap<>())
                .put(model.revision(), model));
        this.calibrations = Map.copyOf(calibrations);
        this.networks = List.copyOf(networks);
        this.gap = gap;
    }

    static LoadedModels none() {
        return new LoadedModels(List.of(), Map.of(), List.of(), "");
    }

    boolean isEmpty() {
        return models.isEmpty();
    }

    /// Why there is no composite model; empty when there is one.
    String gap() {
        return gap;
    }

    /// Names, in alphabetical order.
    List<String> names() {
        return List.copyOf(models.keySet());
    }

    /// Revisions of a name, the newest first; empty when there is no such model.
    List<String> revisions(String name) {
        return List.copyOf(models.getOrDefault(name, Map.of()).keySet());
    }

    Optional<Model> newest(String name) {
        return models.getOrDefault(name, Map.of()).values().stream().findFirst();
    }

    /// @param revision one of [#revisions], or `latest`
    Optional<Model> find(String name, String revision) {
        return revision.equals(LATEST)
                ? newest(name)
                : Optional.ofNullable(models.getOrDefault(name, Map.of()).get(revision));
    }

    Optional<CalibrationResponse> calibration(String revision) {
        return Optional.ofNullable(calibrations.get(revision));
    }

    @Override
    public void close() {
        for (AutoCloseable network : networks) {
            try {
                network.close();
            } catch (Exception e) {
                throw new IllegalStateException("a network does not close", e);
            }
        }
    }

    /// What `GET /internal/calibrations/{revision}` answers.
    ///
    /// @param threshold default score from which two faces count as one person (decision H4)
    public record CalibrationResponse(
            String model, String revision, int dimension, double threshold, List<Calibration.Point> points) {}
}
