package io.menso.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Callers' tokens, good and forged, written by hand so that nothing stops a bad one.
public final class Tokens {

    private final Map<String, String> claims = new LinkedHashMap<>();
    private String algorithm = "HS256";
    private String header;
    private @Nullable String payload;
    private byte[] secret;

    private Tokens(String kid, byte[] secret) {
        this.secret = secret;
        this.header = "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
    }

    /// A token that is valid for five minutes from now.
    public static Tokens valid(String kid, byte[] secret, String customer, String host, long now) {
        return new Tokens(kid, secret)
                .claim("sub", "\"" + customer + "\"")
                .claim("aud", "\"" + host + "\"")
                .claim("iat", Long.toString(now))
                .claim("exp", Long.toString(now + 300));
    }

    /// Sets a claim to this JSON text.
    public Tokens claim(String name, String json) {
        claims.put(name, json);
        return this;
    }

    public Tokens without(String name) {
        claims.remove(name);
        return this;
    }

    /// Sets the header to this JSON text; `%s` stands for the algorithm.
    public Tokens header(String json) {
        header = json;
        return this;
    }

    /// Sets the whole payload to this text.
    public Tokens payload(String json) {
        payload = json;
        return this;
    }

    public Tokens algorithm(String name) {
        algorithm = name;
        return this;
    }

    public Tokens secret(byte[] bytes) {
        secret = bytes;
        return this;
    }

    public String sign() {
        StringBuilder json = new StringBuilder("{");
        claims.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        String body = payload == null ? json.append('}').toString() : payload;
        return sign(
                header.formatted(algorithm).getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8));
    }

    /// Signs these bytes, whatever they are.
    public String sign(byte[] headerBytes, byte[] payloadBytes) {
        String input = encode(headerBytes) + "." + encode(payloadBytes);
        return input + "." + encode(mac(input));
    }

    public byte[] mac(String input) {
        try {
            String name = "Hmac" + (algorithm.startsWith("HS") ? "SHA" + algorithm.substring(2) : "SHA256");
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret, name));
            return mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
