package io.menso.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path directory;

    private Secrets secrets;

    @BeforeEach
    void open() {
        secrets = new Secrets(directory);
    }

    @Test
    void masterKeysAre32BytesAndStay() throws Exception {
        String first = Files.readString(secrets.masterKey("device"));

        assertThat(Base64.getDecoder().decode(first)).hasSize(32);
        assertThat(Files.readString(new Secrets(directory).masterKey("device"))).isEqualTo(first);
        assertThat(Files.readString(secrets.masterKey("matching"))).isNotEqualTo(first);
    }

    @Test
    void publicKeysHoldNothingPrivate() throws Exception {
        String published = Files.readString(secrets.publicKeys());

        assertThat(published).doesNotContain("\"d\"");
        assertThat(new JsonWebKeySet(published).getJsonWebKeys())
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.getKeyId())
                            .isEqualTo(secrets.readSigningKey().getKeyId());
                    assertThat(key.getAlgorithm()).isEqualTo("ES256");
                });
    }

    @Test
    void filesAreForTheirOwnerAlone() throws Exception {
        secrets.databasePassword("identity");

        for (Path file : new Path[] {secrets.signingKey(), directory.resolve("postgres-identity.password")}) {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }
}
