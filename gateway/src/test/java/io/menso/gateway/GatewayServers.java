package io.menso.gateway;

import io.menso.testing.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// The real servers, a signing key, and the [StandIn] for the services.
public class GatewayServers extends RealServers {

    private @Nullable StandIn standIn;
    private @Nullable Path keyFile;

    @Override
    public Map<String, String> start() {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId("gateway-test");
            keyFile = Files.createTempFile("menso-signing", ".jwk");
            Files.writeString(keyFile, key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            StandIn services = new StandIn(key.getPublicKey());
            standIn = services;
            Map<String, String> settings = new HashMap<>(super.start());
            settings.put("menso.gateway.signing-key-file", keyFile.toString());
            settings.put("menso.gateway.upstream.response-timeout", "2S");
            settings.put("menso.gateway.keys.lookup-timeout", "1S");
            settings.put("menso.gateway.rate.per-second", "50");
            settings.put("menso.gateway.rate.burst", "100");
            for (String service : new String[] {"identity", "device", "inference", "pipeline", "matching"}) {
                settings.put("menso." + service + ".url", "http://127.0.0.1:" + services.port());
            }
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        super.stop();
        if (standIn != null) {
            standIn.close();
        }
        if (keyFile != null) {
            keyFile.toFile().delete();
        }
    }
}
