package io.menso.inference.model;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Paging;
import io.menso.inference.analysis.AnalysisModel;
import io.menso.inference.analysis.Timings;
import io.menso.inference.analysis.Timings.Stage;
import io.menso.inference.upload.UploadedImage;
import io.menso.inference.upload.Uploads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lists, describes and executes models.
@ApplicationScoped
public class ModelService {

    private final ModelRegistry registry;
    private final Uploads uploads;

    @Inject
    public ModelService(ModelRegistry registry, Uploads uploads) {
        this.registry = registry;
        this.uploads = uploads;
    }

    Response list(UriInfo uri) {
        Paging paging = Paging.of(uri);
        List<String> names = registry.current().names();
        List<String> page =
                names.stream().skip(paging.offset()).limit(paging.perPage()).toList();
        return paging.respond("models", page, names.size(), uri);
    }

    ModelDescription describe(String name) {
        LoadedModels models = registry.current();
        Model model = newest(models, name);
        return new ModelDescription(name, model.description(), parameters(models, model));
    }

    LoadedModels.CalibrationResponse calibration(String revision) {
        return registry.current()
                .calibration(revision)
                .orElseThrow(() -> ApiException.notFound("An embedding of this revision"));
    }

    /// Executes a model on the images of a body.
    ///
    /// @param contentType of the request
    /// @param length      of the body, when it was announced
    Response execute(String name, UriInfo uri, @Nullable String contentType, OptionalLong length, InputStream body) {
        Timings timings = new Timings();
        LoadedModels models = registry.current();
        Model newest = newest(models, name);
        Arguments arguments = Arguments.read(parameters(models, newest), uri.getQueryParameters());
        Model model = models.find(name, arguments.text(Model.REVISION)).orElseThrow();
        long start = System.nanoTime();
        return uploads.receive(contentType, length, body, images -> {
            timings.add(Stage.RECEIVE, System.nanoTime() - start);
            return answer(model, images, arguments, timings);
        });
    }

    private static Response answer(Model model, List<UploadedImage> images, Arguments arguments, Timings timings) {
        try {
            Response.ResponseBuilder response = Response.ok(model.execute(images, arguments, timings));
            observed(model, timings).forEach(response::header);
            return response.build();
        } catch (ApiException e) {
            Map<String, String> headers = observed(model, timings);
            headers.putAll(e.headers());
            throw new ApiException(e.status(), e.error(), e.body().reason(), headers);
        }
    }

    /// Headers for whoever measures: a refusal took its time as well, and says whose judgement it is.
    private static Map<String, String> observed(Model model, Timings timings) {
        Map<String, String> headers = new LinkedHashMap<>(model.revisions());
        headers.put("Server-Timing", timings.header());
        return headers;
    }

    private static Model newest(LoadedModels models, String name) {
        return models.newest(name).orElseThrow(() -> missing(models, name));
    }

    /// Without any bundle, or without one of those the composite needs, the model is not unknown but not
    /// installed.
    private static ApiException missing(LoadedModels models, String name) {
        return models.isEmpty() || name.equals(AnalysisModel.NAME)
                ? ApiException.unavailable(models.gap())
                : ApiException.notFound("Model");
    }

    private static List<Parameter> parameters(LoadedModels models, Model model) {
        List<String> revisions = Stream.concat(models.revisions(model.name()).stream(), Stream.of(LoadedModels.LATEST))
                .toList();
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(Parameter.choice(Model.REVISION, "Model revision", revisions, LoadedModels.LATEST));
        parameters.addAll(model.parameters());
        return parameters;
    }
}
