package io.menso.gateway.routing;

import io.menso.commons.web.ApiException;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A path of the public API and where it leads.
///
/// @param template   for example `/v3/users/{user}`; bounded, so it serves as a metric tag
/// @param service    the service that owns it
/// @param segments   the parts of the template
/// @param operations what each method does; HEAD works wherever GET does
public record Route(String template, Service service, List<Segment> segments, Map<HttpMethod, Operation> operations) {

    private static final Set<String> KEY_READS = Set.of("/v3/devices/{device}/keys/{key}");

    /// The operation of a method, if there is one.
    public Optional<Operation> operation(HttpMethod method) {
        HttpMethod asked = HttpMethod.HEAD.equals(method) ? HttpMethod.GET : method;
        return Optional.ofNullable(operations.get(asked));
    }

    /// Value of `Allow` (decision B7).
    public String allow() {
        List<String> names = new ArrayList<>();
        for (HttpMethod method : operations.keySet()) {
            names.add(method.name());
            if (HttpMethod.GET.equals(method)) {
                names.add("HEAD");
            }
        }
        return String.join(", ", names);
    }

    /// Whether literal parts and the number of parts agree; the values of variables are not judged.
    boolean hasShape(String[] path) {
        if (path.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < path.length; i++) {
            if (!segments.get(i).hasShape(path[i])) {
                return false;
            }
        }
        return true;
    }

    /// @throws ApiException 404 when a variable cannot be the id of anything (decision B2)
    void checkVariables(String[] path) {
        for (int i = 0; i < path.length; i++) {
            segments.get(i).check(path[i]);
        }
    }

    /// Whether calls are recorded for audit: whatever changes or recognises, and reads of secrets.
    public boolean isAudited(HttpMethod method) {
        boolean read = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        return !read || KEY_READS.contains(template);
    }
}
