package io.menso.device;

import io.menso.testing.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Real servers, and a master key that lives as long as they do.
public class DeviceServers extends RealServers {

    private @Nullable Path masterKey;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(startServers());
        settings.put("menso.device.master-key-file", writeMasterKey().toString());
        return settings;
    }

    /// The broker looks for its own classes through the thread's class loader, which is another one here.
    private Map<String, String> startServers() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(RealServers.class.getClassLoader());
        try {
            return super.start();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void stop() {
        super.stop();
        try {
            Files.deleteIfExists(Objects.requireNonNull(masterKey));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path writeMasterKey() {
        try {
            byte[] key = new byte[32];
            new java.security.SecureRandom().nextBytes(key);
            masterKey = Files.createTempFile("menso-master-key", null);
            return Files.writeString(masterKey, Base64.getEncoder().encodeToString(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
