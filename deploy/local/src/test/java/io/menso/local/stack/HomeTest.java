package io.menso.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {

    @TempDir
    Path directory;

    @Test
    void liesInTheCheckoutAtPort8080UnlessTheEnvironmentSaysOtherwise() {
        assertThat(Home.of(directory, Map.of())).isEqualTo(new Home(directory, directory.resolve(".menso"), 8080));
        assertThat(Home.of(directory, Map.of("MENSO_HOME", "/elsewhere", "MENSO_PORT", "9000")))
                .isEqualTo(new Home(directory, Path.of("/elsewhere"), 9000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "65536", "-1", "123456789012"})
    void refusesWhatIsNoPort(String port) {
        assertThatThrownBy(() -> Home.of(directory, Map.of("MENSO_PORT", port)))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("MENSO_PORT");
    }

    @Test
    void isForItsOwnerAlone() throws Exception {
        Home home = Home.of(directory, Map.of());

        home.create();

        assertThat(Files.getPosixFilePermissions(home.home())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(home.secrets()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
}
