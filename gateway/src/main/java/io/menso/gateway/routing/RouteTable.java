package io.menso.gateway.routing;

import static io.menso.gateway.routing.BodyKind.IMAGES;
import static io.menso.gateway.routing.BodyKind.JSON;
import static io.menso.gateway.routing.BodyKind.NONE;
import static io.menso.gateway.routing.BodyKind.OPTIONAL;
import static io.menso.gateway.routing.BodyKind.PATCH;
import static io.menso.gateway.routing.BodyKind.SOURCE;
import static io.menso.gateway.routing.Service.DEVICE;
import static io.menso.gateway.routing.Service.IDENTITY;
import static io.menso.gateway.routing.Service.INFERENCE;
import static io.menso.gateway.routing.Service.MATCHING;
import static io.menso.gateway.routing.Service.PIPELINE;

import io.menso.commons.web.ApiException;
import io.menso.gateway.keys.CallerKey;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that exists under `/v3`. A path that is not here, written exactly so, reaches no service.
public final class RouteTable {

    private static final int MAX_PATH = 512;
    private static final Operation READ = new Operation(NONE, false);
    private static final Operation REMOVE = new Operation(NONE, false);

    private static final List<Route> ROUTES = List.of(
            route("/v3/users", IDENTITY, get(), post(JSON)),
            route("/v3/users/{user}", IDENTITY, get(), patch(), delete()),
            route("/v3/users/{user}/face", MATCHING, get(), put(IMAGES), delete()),
            route("/v3/users/{user}/tokens", IDENTITY, get(), post(JSON)),
            route("/v3/users/{user}/tokens/{token}", IDENTITY, get(), patch(), delete()),
            route("/v3/devices", DEVICE, get(), post(JSON)),
            route("/v3/devices/{device}", DEVICE, get(), patch(), delete()),
            route("/v3/devices/{device}/keys", DEVICE, get(), post(OPTIONAL)),
            route("/v3/devices/{device}/keys/{key}", DEVICE, get(), delete()),
            route("/v3/models", INFERENCE, forDevices(get())),
            route("/v3/models/{model*}", INFERENCE, forDevices(get()), forDevices(post(IMAGES))),
            route("/v3/pipelines", PIPELINE, get(), post(SOURCE)),
            route("/v3/pipelines/{pipeline*}", PIPELINE, get(), put(SOURCE), delete(), forDevices(post(IMAGES))),
            route("/v3/insights/recognitions", PIPELINE, get()));

    private RouteTable() {}

    /// A route, and what is asked of it.
    ///
    /// @param route     where the request goes
    /// @param operation what it does there
    public record Match(Route route, Operation operation) {}

    public static List<Route> all() {
        return ROUTES;
    }

    /// The route whose template has the shape of this path, whether or not its ids can exist.
    public static Optional<Route> find(String path) {
        if (path.length() > MAX_PATH || !path.startsWith("/")) {
            return Optional.empty();
        }
        String[] parts = split(path);
        return ROUTES.stream().filter(route -> route.hasShape(parts)).findFirst();
    }

    /// Decides whether the key may make this call and whether the call exists.
    ///
    /// @param found what [#find] answered for the path
    /// @throws ApiException 401 for a device key outside its routes (A8), 404 for what does not exist (B1, B2),
    ///         405 for a method that the path does not know (B7)
    public static Match admit(Optional<Route> found, HttpMethod method, String path, CallerKey key) {
        Optional<Operation> operation = found.flatMap(route -> route.operation(method));
        if (key.isDevice() && operation.filter(Operation::forDevices).isEmpty()) {
            throw ApiException.notAllowed("A device key may only list, read and run models and run pipelines");
        }
        Route route = found.orElseThrow(() -> ApiException.notFound("This resource"));
        route.checkVariables(split(path));
        return new Match(
                route,
                operation.orElseThrow(() -> new ApiException(
                        405,
                        ApiException.BAD_REQUEST,
                        "This resource does not support " + method.name(),
                        Map.of("Allow", route.allow()))));
    }

    private static String[] split(String path) {
        return path.substring(1).split("/", -1);
    }

    @SafeVarargs
    private static Route route(String template, Service service, Map.Entry<HttpMethod, Operation>... operations) {
        Map<HttpMethod, Operation> byMethod = new LinkedHashMap<>();
        for (Map.Entry<HttpMethod, Operation> operation : operations) {
            byMethod.put(operation.getKey(), operation.getValue());
        }
        List<Segment> segments =
                Arrays.stream(split(template)).map(Segment::parse).toList();
        return new Route(template.replace("*", ""), service, segments, byMethod);
    }

    private static Map.Entry<HttpMethod, Operation> get() {
        return Map.entry(HttpMethod.GET, READ);
    }

    private static Map.Entry<HttpMethod, Operation> post(BodyKind body) {
        return Map.entry(HttpMethod.POST, new Operation(body, false));
    }

    private static Map.Entry<HttpMethod, Operation> put(BodyKind body) {
        return Map.entry(HttpMethod.PUT, new Operation(body, false));
    }

    private static Map.Entry<HttpMethod, Operation> patch() {
        return Map.entry(HttpMethod.PATCH, new Operation(PATCH, false));
    }

    private static Map.Entry<HttpMethod, Operation> delete() {
        return Map.entry(HttpMethod.DELETE, REMOVE);
    }

    private static Map.Entry<HttpMethod, Operation> forDevices(Map.Entry<HttpMethod, Operation> operation) {
        return Map.entry(operation.getKey(), new Operation(operation.getValue().body(), true));
    }
}
