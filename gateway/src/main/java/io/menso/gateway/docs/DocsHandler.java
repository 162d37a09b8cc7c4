package io.menso.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import io.menso.gateway.proxy.Exchange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Serves the OpenAPI description at `/docs/spec` and a page for people at `/docs`, both without a token.
@Singleton
public class DocsHandler {

    private static final String SPEC = "melon-v3.yaml";

    private record Document(String type, Buffer content) {}

    private final Document source;
    private final Document json;
    private final Document html;

    @Inject
    public DocsHandler(ObjectMapper mapper) {
        byte[] spec = read();
        try {
            JsonNode tree = mapper.valueToTree(yaml().load(new String(spec, StandardCharsets.UTF_8)));
            source = new Document("application/yaml", Buffer.buffer(spec));
            json = new Document("application/json", Buffer.buffer(mapper.writeValueAsBytes(tree)));
            html = new Document("text/html; charset=utf-8", Buffer.buffer(new DocsPage(tree).render()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Answers when the request is for one of the documents.
    ///
    /// @return whether the exchange is answered
    /// @throws ApiException 405 for other methods than GET and HEAD
    public boolean answers(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        String path = String.valueOf(request.path());
        if (!path.equals("/docs") && !path.equals("/docs/") && !path.equals("/docs/spec")) {
            return false;
        }
        if (!HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())) {
            throw new ApiException(
                    405, ApiException.BAD_REQUEST, "Documents can only be read", Map.of("Allow", "GET, HEAD"));
        }
        Document document = path.equals("/docs/spec") ? spec(request.getHeader("Accept")) : html;
        exchange.response()
                .putHeader("Content-Type", document.type())
                .putHeader("Cache-Control", "public, max-age=300")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        exchange.response().headers().add("Vary", "Accept");
        request.resume();
        exchange.response().end(document.content());
        return true;
    }

    private Document spec(@Nullable String accept) {
        boolean wantsJson = accept != null && accept.toLowerCase(Locale.ROOT).contains("application/json");
        return wantsJson ? json : source;
    }

    /// Reads aliases too, of which the description has more than the library's usual limit.
    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        return new Yaml(new SafeConstructor(options));
    }

    private static byte[] read() {
        try (InputStream in = DocsHandler.class.getResourceAsStream("/" + SPEC)) {
            if (in == null) {
                throw new IllegalStateException("resource is missing: " + SPEC);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
