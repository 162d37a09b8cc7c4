package io.menso.matching.enrolment;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.RequestIdFilter;
import io.menso.matching.remote.Upload;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The body of `PUT face` while it waits on the wire.
final class IncomingImages {

    private static final Pattern BOUNDARY = Pattern.compile(
            "multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s\";]{1,70}))(?:\\s*;.*|\\s*)",
            Pattern.CASE_INSENSITIVE);

    private final HttpServerRequest request;
    private final EnrolmentConfig config;
    private @Nullable ApiException refusal;

    /// Nothing is read until somebody asks for it.
    IncomingImages(HttpServerRequest request, EnrolmentConfig config) {
        this.request = request.pause();
        this.config = config;
    }

    /// @throws ApiException 400 when it is no multipart body, 413 when its announced length is too large
    Upload open() {
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.matches()) {
            throw ApiException.badRequest("Content-Type must be multipart/form-data with a boundary");
        }
        String length = request.getHeader("Content-Length");
        long maxBody = config.maxBody().asLongValue();
        if (length != null && Long.parseLong(length) > maxBody) {
            throw ApiException.tooLarge("The body is larger than " + maxBody + " bytes");
        }
        String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        return new Upload(headers(), body(new PartGuard(name, config.maxImage().asLongValue(), maxBody)));
    }

    /// Why the body was refused half-way, whatever the receiver's connection made of that.
    Optional<ApiException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /// Reads and drops what is left, so that the connection can carry the answer and the next request.
    void drain() {
        if (!request.isEnded()) {
            long[] left = {config.maxBody().asLongValue()};
            request.handler(buffer -> {
                left[0] -= buffer.length();
                if (left[0] < 0) {
                    request.connection().close();
                }
            });
            request.resume();
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        for (String name : new String[] {"Content-Type", "Content-Length", "Authorization", RequestIdFilter.HEADER}) {
            String value = request.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private Multi<Buffer> body(PartGuard guard) {
        return io.vertx.mutiny.core.http.HttpServerRequest.newInstance(request)
                .toMulti()
                .invoke(buffer -> guard.accept(buffer.getBytes()))
                .onFailure(ApiException.class)
                .invoke(failure -> refusal = (ApiException) failure);
    }
}
