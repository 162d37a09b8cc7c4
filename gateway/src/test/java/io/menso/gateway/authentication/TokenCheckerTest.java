package io.menso.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.menso.commons.web.ApiException;
import io.menso.gateway.Tokens;
import io.menso.gateway.keys.CallerKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckerTest {

    private static final long NOW = 1_800_000_000;
    private static final String KID = "0190ed93-f885-7648-bddf-687fdbf5bf0e";
    private static final String GENERIC = "Unknown key or bad signature";
    private static final byte[] SECRET = secret(7);
    private static final CallerKey KEY =
            new CallerKey(KID, "acme", "production", Optional.empty(), Optional.empty(), SECRET);
    private static final TokenChecker CHECKER =
            new TokenChecker(Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));

    private static byte[] secret(long seed) {
        byte[] bytes = new byte[64];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Tokens valid() {
        return Tokens.valid(KID, SECRET, "acme", "api.example.com", NOW);
    }

    private static CallerKey check(String text) {
        CallerToken token = CallerToken.read(text).orElseThrow(Refusal::beforeVerification);
        Optional<CallerKey> found = token.kid().equals(KID) ? Optional.of(KEY) : Optional.empty();
        return CHECKER.check(token, found, RequestHost.of("api.example.com", false));
    }

    private static void assertRefused(String token, String reason) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> check(token));
        assertThat(refusal).as(token).isNotNull();
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.error()).isEqualTo("BAD_AUTH");
        assertThat(refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal.headers()).containsEntry("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    @ParameterizedTest
    @DisplayName("A2: HS256, HS384 and HS512 are accepted")
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void hmacIsAccepted(String algorithm) {
        assertThat(check(valid().algorithm(algorithm).sign()).customer()).isEqualTo("acme");
    }

    @ParameterizedTest
    @DisplayName("A2: every other algorithm gets the generic reason")
    @ValueSource(
            strings = {"none", "None", "nOnE", "", "HS1", "hs256", "HS256 ", "RS256", "ES256", "PS512", "EdDSA", "dir"})
    void otherAlgorithmsAreRefused(String algorithm) {
        assertRefused(
                valid().header("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + KID + "\"}")
                        .sign(),
                GENERIC);
    }

    @Test
    @DisplayName("A2: a token that says HS256 but carries an RSA signature is refused")
    void anAsymmetricSignatureIsRefused() throws Exception {
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initSign(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
        String signed = valid().sign();
        String input = signed.substring(0, signed.lastIndexOf('.'));
        rsa.update(input.getBytes(StandardCharsets.US_ASCII));

        assertRefused(input + "." + Tokens.encode(rsa.sign()), GENERIC);
    }

    @Test
    @DisplayName("A1: a kid claim serves when the header has none")
    void aKidClaimServes() {
        String token = valid().header("{\"alg\":\"%s\"}")
                .claim("kid", "\"" + KID + "\"")
                .sign();

        assertThat(check(token).kid()).isEqualTo(KID);
    }

    @Test
    @DisplayName("A1: kid in header and claims may agree, but not differ")
    void kidsMayNotDiffer() {
        assertThat(check(valid().claim("kid", "\"" + KID + "\"").sign()).kid()).isEqualTo(KID);
        for (String other :
                List.of("\"0190ed93-f885-7648-bddf-687fdbf5bf0f\"", "\"\"", "null", "7", "[\"" + KID + "\"]")) {
            assertRefused(valid().claim("kid", other).sign(), GENERIC);
        }
    }

    @ParameterizedTest
    @DisplayName("A1, A14: a kid that is no canonical lower-case UUID is refused without a look-up")
    @ValueSource(
            strings = {
                "\"\"",
                "\"abc\"",
                "\"0190ED93-F885-7648-BDDF-687FDBF5BF0E\"",
                "\"../../etc/passwd\"",
                "null",
                "1",
                "true",
                "{}",
                "[]",
                "\"' or 1=1 --\"",
                "\"0190ed93f8857648bddf687fdbf5bf0e\"",
                "\"0190ed93-f885-7648-bddf-687fdbf5bf0e \"",
                "\"{0190ed93-f885-7648-bddf-687fdbf5bf0e}\""
            })
    void aStrangeKidIsNotLookedUp(String kid) {
        String text = valid().header("{\"alg\":\"HS256\",\"kid\":" + kid + "}").sign();

        assertThat(CallerToken.read(text)).isEmpty();
    }

    @Test
    @DisplayName("A3: a signature by the undecoded text of the secret is refused")
    void theUndecodedSecretIsRefused() {
        byte[] text = KEY.secretText().getBytes(StandardCharsets.US_ASCII);

        assertRefused(valid().secret(text).sign(), GENERIC);
    }

    @Test
    @DisplayName("A11: unknown key, bad signature and malformed token get the same answer")
    void unknownAndBadAreTheSame() {
        assertRefused(valid().secret(secret(8)).sign(), GENERIC);
        assertRefused(
                Tokens.valid("0190ed93-f885-7648-bddf-687fdbf5bf0f", SECRET, "acme", "api.example.com", NOW)
                        .sign(),
                GENERIC);
        assertRefused(valid().secret(secret(8)).claim("exp", "1").sign(), GENERIC);
        assertRefused("x", GENERIC);
    }

    static Stream<UnaryOperator<String>> damages() {
        return Stream.of(
                t -> "",
                t -> ".",
                t -> "..",
                t -> "...",
                t -> t + ".",
                t -> "." + t,
                t -> t + "." + t,
                t -> t.substring(0, t.lastIndexOf('.')),
                t -> t.substring(0, t.lastIndexOf('.') + 1),
                t -> t.substring(t.indexOf('.')),
                t -> t.replaceFirst("\\.", ".."),
                t -> t + "=",
                t -> t + "==",
                t -> t.replaceFirst("\\.", "=."),
                t -> t + " ",
                t -> " " + t,
                t -> t + "\n",
                t -> t + "\u0000",
                t -> t.replace('.', ','),
                t -> t + "+",
                t -> t + "/",
                t -> t + "%3D",
                t -> t + "\u00e9",
                t -> t.substring(0, t.length() - 1),
                t -> t.substring(0, t.length() - 2),
                t -> t + "A",
                t -> t + "AAAA",
                t -> t + t.substring(t.lastIndexOf('.') + 1),
                t -> new StringBuilder(t).reverse().toString(),
                t -> t.toLowerCase(java.util.Locale.ROOT),
                t -> "a".repeat(9000),
                t -> t + "A".repeat(9000));
    }

    @ParameterizedTest
    @DisplayName("A14: a damaged token gets the generic reason")
    @MethodSource("damages")
    void aDamagedTokenIsRefused(UnaryOperator<String> damage) {
        assertRefused(damage.apply(valid().sign()), GENERIC);
    }

    @Test
    @DisplayName("A14: stray trailing bits in any part are refused, although a lenient decoder reads the same bytes")
    void strayTrailingBitsAreRefused() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String token = valid().sign();
        char last = token.charAt(token.length() - 1);
        for (int bits = 1; bits < 4; bits++) {
            char other = alphabet.charAt(alphabet.indexOf(last) ^ bits);
            assertRefused(token.substring(0, token.length() - 1) + other, GENERIC);
        }
    }

    static final List<String> BAD_HEADERS = List.of(
            "{\"alg\":\"HS256\",\"alg\":\"HS512\",\"kid\":\"K\"}",
            "{\"alg\":\"HS256\",\"\\u0061lg\":\"none\",\"kid\":\"K\"}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"kid\":\"0190ed93-f885-7648-bddf-687fdbf5bf0f\"}",
            "{\"kid\":\"K\"}",
            "{\"alg\":null,\"kid\":\"K\"}",
            "{\"alg\":[\"HS256\"],\"kid\":\"K\"}",
            "{\"alg\":256,\"kid\":\"K\"}",
            "{\"Alg\":\"HS256\",\"kid\":\"K\"}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"crit\":[\"exp\"]}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"crit\":[]}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"crit\":null}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"b64\":false}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",}",
            "{\"alg\":\"HS256\",\"kid\":\"K\"} x",
            "{\"alg\":\"HS256\",\"kid\":\"K\"}{}",
            "{'alg':'HS256','kid':'K'}",
            "{alg:\"HS256\",kid:\"K\"}",
            "/* */{\"alg\":\"HS256\",\"kid\":\"K\"}",
            "\ufeff{\"alg\":\"HS256\",\"kid\":\"K\"}",
            "[{\"alg\":\"HS256\",\"kid\":\"K\"}]",
            "\"HS256\"",
            "null",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"x\":NaN}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"x\":" + "[".repeat(500) + "]".repeat(500) + "}",
            "{\"alg\":\"HS256\",\"kid\":\"K\",\"x\":" + "9".repeat(200) + "}",
            "");

    @ParameterizedTest
    @DisplayName(
            "A2, A12, A14: a header that is not strict JSON, or asks for what we do not do, gets the generic reason")
    @FieldSource("BAD_HEADERS")
    void aBadHeaderIsRefused(String header) {
        byte[] bytes = header.replace("K", KID).getBytes(StandardCharsets.UTF_8);

        assertRefused(valid().sign(bytes, payload("{\"sub\":\"acme\"}")), GENERIC);
    }

    @Test
    @DisplayName("A14: a header in another encoding than UTF-8, or in broken UTF-8, is refused")
    void otherEncodingsAreRefused() {
        String header = "{\"alg\":\"HS256\",\"kid\":\"" + KID + "\"}";
        byte[] broken = header.getBytes(StandardCharsets.UTF_8);
        broken[2] = (byte) 0xc0;

        assertRefused(valid().sign(header.getBytes(StandardCharsets.UTF_16BE), payload("{}")), GENERIC);
        assertRefused(valid().sign(header.getBytes(StandardCharsets.UTF_16LE), payload("{}")), GENERIC);
        assertRefused(valid().sign(broken, payload("{}")), GENERIC);
    }

    @Test
    @DisplayName("A14: keys that the header brings or points to are ignored")
    void embeddedKeysAreIgnored() {
        String extras = "{\"alg\":\"HS256\",\"kid\":\"" + KID + "\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"},"
                + "\"jku\":\"http://evil.example/keys\",\"x5c\":[\"AA\"],\"x5u\":\"http://evil.example\",\"zip\":\"DEF\","
                + "\"typ\":\"at+jwt\",\"cty\":\"JWT\"}";

        assertThat(check(valid().header(extras.replace("%", "%%")).sign()).kid())
                .isEqualTo(KID);
        assertRefused(valid().header(extras).secret(new byte[64]).sign(), GENERIC);
    }

    @ParameterizedTest
    @DisplayName("A14: claims that are no strict JSON object get the generic reason, even when well signed")
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "\"x\"",
                "{",
                "{\"exp\":1,\"exp\":2}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{} {}",
                "{\"exp\":1,}",
                "{\"exp\":NaN}",
                "{\"exp\":Infinity}",
                "{\"exp\":01}",
                "{\"exp\":+1}",
                "{\"exp\":.5}",
                "{\"exp\":0x10}",
                "{\"exp\":1e99999999999999999999}"
            })
    void claimsThatAreNoStrictJsonAreRefused(String payload) {
        assertRefused(valid().payload(payload).sign(), GENERIC);
    }

    @Test
    @DisplayName("A14: deep claims and endless numbers are refused quickly")
    void deepClaimsAreRefused() {
        assertRefused(valid().claim("x", "[".repeat(2000) + "]".repeat(2000)).sign(), GENERIC);
        assertRefused(
                valid().claim("x", "{\"a\":".repeat(900) + "1" + "}".repeat(900))
                        .sign(),
                GENERIC);
        assertRefused(valid().claim("exp", "1" + "0".repeat(3000)).sign(), GENERIC);
    }

    @ParameterizedTest
    @DisplayName("A5: the period is more than 0 and at most 3600 seconds, exactly")
    @CsvSource({
        "0, 1, ",
        "0, 3600, ",
        "0, 3600.0, ",
        "0.5, 3600.5, ",
        "0, 0, exp must be later than iat",
        "10, 9, exp must be later than iat",
        "0, 3601, exp must be at most 3600 seconds after iat",
        "0, 3600.001, exp must be at most 3600 seconds after iat",
        "0, 1e12, exp must be at most 3600 seconds after iat"
    })
    void thePeriodIsBounded(String issued, String expires, String reason) {
        Tokens token = valid().claim("iat", add(issued)).claim("exp", expires.contains("e") ? expires : add(expires));
        if (reason == null) {
            assertThat(check(token.sign()).kid()).isEqualTo(KID);
        } else {
            assertRefused(token.sign(), reason);
        }
    }

    private static String add(String seconds) {
        return new java.math.BigDecimal(seconds)
                .add(java.math.BigDecimal.valueOf(NOW))
                .toPlainString();
    }

    @ParameterizedTest
    @DisplayName("A5: the clock has 60 seconds of leeway, on its edge, before and after")
    @CsvSource({
        "-100, -59, ", "-100, -59.999, ", "-100, -60, Token has expired", "-100, -61, Token has expired",
        "60, 100, ", "60.001, 100, iat is in the future", "61, 100, iat is in the future", "-3600, 0, ",
        "-3659, -59, ", "-3661, -61, Token has expired"
    })
    void theClockHasLeeway(String issued, String expires, String reason) {
        thePeriodIsBounded(issued, expires, reason);
    }

    @ParameterizedTest
    @DisplayName("A5: nbf is honoured when it is there")
    @CsvSource({"0, ", "-5000, ", "60, ", "60.5, Token is not valid yet", "61, Token is not valid yet"})
    void nbfIsHonoured(String notBefore, String reason) {
        Tokens token = valid().claim("nbf", add(notBefore));
        if (reason == null) {
            assertThat(check(token.sign()).kid()).isEqualTo(KID);
        } else {
            assertRefused(token.sign(), reason);
        }
    }

    @ParameterizedTest
    @DisplayName("A5: times are JSON numbers that mean a time")
    @ValueSource(strings = {"iat", "exp", "nbf"})
    void timesAreNumbers(String name) {
        for (String value : List.of("\"" + NOW + "\"", "null", "true", "[" + NOW + "]", "{}", "\"\"", "\"NaN\"")) {
            assertRefused(valid().claim(name, value).sign(), name + " is missing or not a number");
        }
        for (String value : List.of("1e400", "1e-400", "1e999999999", "1e-999999999", "-1e999999999", "-1e400")) {
            assertRefused(valid().claim(name, value).sign(), name + " is out of range");
        }
    }

    @Test
    @DisplayName("A5: iat and exp must be there, and a number may be written with an exponent")
    void timesMustBeThere() {
        assertRefused(valid().without("iat").sign(), "iat is missing or not a number");
        assertRefused(valid().without("exp").sign(), "exp is missing or not a number");
        assertThat(check(valid().claim("iat", "1.8e9").sign()).kid()).isEqualTo(KID);
        assertRefused(valid().claim("exp", "-5").claim("iat", "-10").sign(), "Token has expired");
        assertRefused(valid().claim("exp", "9e15").claim("iat", "9e15").sign(), "exp must be later than iat");
    }

    @Test
    @DisplayName("A6: sub is the handle of the key's customer")
    void subIsTheCustomer() {
        for (String sub : List.of("\"other\"", "\"ACME\"", "\"\"", "\"acme \"")) {
            assertRefused(valid().claim("sub", sub).sign(), "sub does not match the customer of the key");
        }
        for (String sub : List.of("null", "1", "[\"acme\"]", "{}")) {
            assertRefused(valid().claim("sub", sub).sign(), "sub is missing or not a string");
        }
        assertRefused(valid().without("sub").sign(), "sub is missing or not a string");
    }

    @ParameterizedTest
    @DisplayName("A4: aud is the host, as a string or in an array, without regard to case and default port")
    @ValueSource(
            strings = {
                "\"api.example.com\"",
                "\"API.Example.COM\"",
                "\"api.example.com:80\"",
                "[\"api.example.com\"]",
                "[\"x\",\"Api.Example.com:80\",\"https://y\"]"
            })
    void audIsTheHost(String aud) {
        assertThat(check(valid().claim("aud", aud).sign()).kid()).isEqualTo(KID);
    }

    @ParameterizedTest
    @DisplayName("A4, A11: any other aud is refused with the exact reason")
    @ValueSource(
            strings = {
                "\"\"",
                "\"example.com\"",
                "\"api.example.com.\"",
                "\"api.example.com:443\"",
                "\"api.example.com:8080\"",
                "\"http://api.example.com\"",
                "\"api.example.com/\"",
                "\" api.example.com\"",
                "\"api.example.com:\"",
                "\"api.example.com:080\"",
                "\"*\"",
                "\"*.example.com\"",
                "[]",
                "[\"x\"]",
                "\"xapi.example.com\"",
                "\"api.example.com@evil\"",
                "\"api.example.com,api.example.com\"",
                "\"\u0430pi.example.com\""
            })
    void otherAudiencesAreRefused(String aud) {
        assertRefused(valid().claim("aud", aud).sign(), "aud does not match host api.example.com");
    }

    @Test
    @DisplayName("A4: aud of another type is refused")
    void audOfAnotherTypeIsRefused() {
        for (String aud : List.of("null", "1", "true", "{}", "{\"0\":\"api.example.com\"}")) {
            assertRefused(valid().claim("aud", aud).sign(), "aud is missing or not a string");
        }
        for (String aud : List.of("[1]", "[null]", "[\"api.example.com\",1]", "[[\"api.example.com\"]]")) {
            assertRefused(valid().claim("aud", aud).sign(), "aud must be a string or an array of strings");
        }
        assertRefused(valid().without("aud").sign(), "aud is missing or not a string");
    }

    @Test
    @DisplayName("A4: a request without one clear host is refused after verification")
    void aRequestWithoutHostIsRefused() {
        CallerToken token = CallerToken.read(valid().sign()).orElseThrow();

        assertThatThrownBy(() -> CHECKER.check(token, Optional.of(KEY), Optional.empty()))
                .hasMessageContaining("aud does not match host");
    }

    @Test
    @DisplayName("A14: no random mutation of a valid token is ever accepted")
    void noMutationIsAccepted() {
        Random random = new Random(42);
        String token = valid().algorithm("HS384").sign();
        assertThat(check(token).kid()).isEqualTo(KID);
        for (int i = 0; i < 30_000; i++) {
            String mutant = mutate(token, random);
            if (!mutant.equals(token)) {
                assertRefused(mutant, GENERIC);
            }
        }
    }

    @Test
    @DisplayName("A14: no random mutation of the decoded parts is ever accepted under the old signature")
    void noMutationOfDecodedPartsIsAccepted() {
        Random random = new Random(43);
        String[] parts = valid().sign().split("\\.");
        for (int i = 0; i < 20_000; i++) {
            String[] mutant = parts.clone();
            int which = random.nextInt(3);
            byte[] bytes = java.util.Base64.getUrlDecoder().decode(parts[which]);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            mutant[which] = Tokens.encode(bytes);
            assertRefused(String.join(".", mutant), GENERIC);
        }
    }

    private static String mutate(String token, Random random) {
        String alphabet = "ABCabc019-_.=+/ \u00e9";
        StringBuilder mutant = new StringBuilder(token);
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(mutant.length());
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(4)) {
                case 0 -> mutant.setCharAt(at, c);
                case 1 -> mutant.insert(at, c);
                case 2 -> mutant.deleteCharAt(at);
                default -> swapParts(mutant, random);
            }
        }
        return mutant.toString();
    }

    private static void swapParts(StringBuilder token, Random random) {
        List<String> parts = new ArrayList<>(Arrays.asList(token.toString().split("\\.", -1)));
        java.util.Collections.shuffle(parts, random);
        token.setLength(0);
        token.append(String.join(".", parts));
    }

    private static byte[] payload(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
