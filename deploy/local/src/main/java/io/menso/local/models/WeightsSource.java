package io.menso.local.models;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Where files of weights are taken from. What it gives is not trusted: the caller checks length and digest.
interface WeightsSource {

    /// Opens a file; the caller closes the stream.
    ///
    /// @throws IOException with a message for people, when the file cannot be had
    InputStream open(PinnedModel.Upstream file) throws IOException;

    /// A folder with `<owner>__<repository>/<file name>`.
    static WeightsSource folder(Path folder) {
        return file -> {
            Path path = folder.resolve(file.inFolder());
            if (!Files.isRegularFile(path)) {
                throw new IOException("there is no " + path);
            }
            return Files.newInputStream(path);
        };
    }

    /// Upstream's raw files at a host. Redirects are followed, but never from HTTPS to HTTP.
    static WeightsSource web(URI host) {
        return file -> download(file.at(host));
    }

    private static InputStream download(URI address) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(5)).build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException(address + " answered " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the download of " + address + " was interrupted", e);
        } catch (java.net.ConnectException e) {
            throw new IOException(address + " cannot be reached", e);
        }
    }
}
