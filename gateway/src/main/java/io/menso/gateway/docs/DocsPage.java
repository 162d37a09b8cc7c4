package io.menso.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Renders an OpenAPI document as one HTML page without scripts or external files.
final class DocsPage {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24}
            code,pre{font:14px/1.45 ui-monospace,monospace;background:#f4f5f7;border-radius:4px}
            code{padding:.1em .3em} pre{padding:.8em;overflow:auto}
            table{border-collapse:collapse;margin:.5rem 0 1rem;width:100%} th,td{border:1px solid #d7dbe0;
            padding:.35em .6em;text-align:left;vertical-align:top} section{border-top:1px solid #d7dbe0;padding-top:1rem}
            h2{margin-top:3rem} .m{display:inline-block;min-width:4.5rem;font-weight:700;color:#0a5bd3}
            nav a{display:block;text-decoration:none;color:inherit} nav a:hover{text-decoration:underline}
            """;

    private final JsonNode spec;
    private final StringBuilder out = new StringBuilder(64_000);

    DocsPage(JsonNode spec) {
        this.spec = spec;
    }

    String render() {
        String title = text(spec.at("/info/title"));
        out.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" ")
                .append("content=\"width=device-width,initial-scale=1\"><title>")
                .append(title)
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(title)
                .append("</h1>");
        paragraphs(spec.at("/info/description"));
        out.append("<p>Machine-readable: <a href=\"/docs/spec\">OpenAPI 3.1</a>.</p><nav>");
        eachOperation(this::link);
        out.append("</nav>");
        eachOperation(this::operation);
        out.append("<h2>Schemas</h2>");
        spec.at("/components/schemas").properties().forEach(this::schema);
        return out.append("</body></html>").toString();
    }

    private interface OperationVisitor {
        void visit(String path, JsonNode shared, String method, JsonNode operation);
    }

    private void eachOperation(OperationVisitor visitor) {
        for (Map.Entry<String, JsonNode> path : spec.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    visitor.visit(
                            path.getKey(),
                            path.getValue().path("parameters"),
                            operation.getKey(),
                            operation.getValue());
                }
            }
        }
    }

    private void link(String path, JsonNode shared, String method, JsonNode operation) {
        out.append("<a href=\"#").append(text(operation.path("operationId"))).append("\">");
        call(method, path);
        out.append("</a>");
    }

    private void operation(String path, JsonNode shared, String method, JsonNode operation) {
        out.append("<section id=\"").append(text(operation.path("operationId"))).append("\"><h3>");
        call(method, path);
        out.append("</h3><p><strong>").append(text(operation.path("summary"))).append("</strong></p>");
        paragraphs(operation.path("description"));
        parameters(shared, operation.path("parameters"));
        content("Request", resolve(operation.path("requestBody")).path("content"));
        responses(operation.path("responses"));
        out.append("</section>");
    }

    private void call(String method, String path) {
        out.append("<span class=\"m\">")
                .append(method.toUpperCase(Locale.ROOT))
                .append("</span> <code>")
                .append(escape(path))
                .append("</code>");
    }

    private void parameters(JsonNode shared, JsonNode own) {
        if (shared.isEmpty() && own.isEmpty()) {
            return;
        }
        out.append("<table><tr><th>Parameter</th><th>In</th><th>Type</th><th>Meaning</th></tr>");
        shared.forEach(this::parameter);
        own.forEach(this::parameter);
        out.append("</table>");
    }

    private void parameter(JsonNode reference) {
        JsonNode parameter = resolve(reference);
        row(
                "<code>" + text(parameter.path("name")) + "</code>"
                        + (parameter.path("required").asBoolean() ? ", required" : ""),
                text(parameter.path("in")),
                type(parameter.path("schema")),
                text(parameter.path("description")));
    }

    private void responses(JsonNode responses) {
        out.append("<table><tr><th>Status</th><th>Meaning</th><th>Body</th></tr>");
        responses.properties().forEach(entry -> {
            JsonNode response = resolve(entry.getValue());
            row(escape(entry.getKey()), text(response.path("description")), bodies(response.path("content")));
        });
        out.append("</table>");
        responses
                .properties()
                .forEach(entry -> example(resolve(entry.getValue()).path("content")));
    }

    private String bodies(JsonNode content) {
        StringBuilder bodies = new StringBuilder();
        content.properties()
                .forEach(entry -> bodies.append("<code>")
                        .append(escape(entry.getKey()))
                        .append("</code> ")
                        .append(type(entry.getValue().path("schema")))
                        .append("<br>"));
        return bodies.toString();
    }

    private void content(String title, JsonNode content) {
        if (!content.isEmpty()) {
            out.append("<p>").append(title).append(": ").append(bodies(content)).append("</p>");
            example(content);
        }
    }

    private void example(JsonNode content) {
        for (JsonNode media : content) {
            JsonNode example = media.path("example");
            if (!example.isMissingNode()) {
                out.append("<pre>")
                        .append(example.isTextual() ? text(example) : escape(example.toPrettyString()))
                        .append("</pre>");
            }
        }
    }

    private void schema(Map.Entry<String, JsonNode> entry) {
        JsonNode schema = entry.getValue();
        out.append("<section id=\"schema-").append(escape(entry.getKey())).append("\"><h3>");
        out.append(escape(entry.getKey())).append("</h3>");
        paragraphs(schema.path("description"));
        JsonNode properties = schema.path("properties");
        if (!properties.isEmpty()) {
            out.append("<table><tr><th>Member</th><th>Type</th><th>Meaning</th></tr>");
            properties
                    .properties()
                    .forEach(member -> row(
                            "<code>" + escape(member.getKey()) + "</code>",
                            type(member.getValue()),
                            text(member.getValue().path("description"))));
            out.append("</table>");
        }
        out.append("</section>");
    }

    private String type(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asText();
            String last = escape(name.substring(name.lastIndexOf('/') + 1));
            return "<a href=\"#schema-" + last + "\">" + last + "</a>";
        }
        String type =
                schema.path("type").isArray() ? escape(schema.path("type").toString()) : text(schema.path("type"));
        if (schema.has("items")) {
            return type + " of " + type(schema.path("items"));
        }
        return schema.has("format") ? type + " (" + text(schema.path("format")) + ")" : type;
    }

    private void row(String... cells) {
        out.append("<tr>");
        for (String cell : cells) {
            out.append("<td>").append(cell).append("</td>");
        }
        out.append("</tr>");
    }

    private void paragraphs(JsonNode description) {
        if (description.isTextual()) {
            for (String paragraph : description.textValue().strip().split("\n\n", -1)) {
                out.append("<p>").append(escape(paragraph)).append("</p>");
            }
        }
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.startsWith("#") ? spec.at(reference.substring(1)) : node;
    }

    private static String text(JsonNode node) {
        return escape(node.asText());
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
