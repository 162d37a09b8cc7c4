package io.menso.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPinotTest {

    @TempDir
    Path directory;

    private Home home;

    @BeforeEach
    void create() {
        home = new Home(directory, directory.resolve("home"), 1);
        home.create();
    }

    @Test
    void theKeyIsMadeOnceAndForItsOwnerAlone() throws Exception {
        // When
        Path first = secrets().pinotKey();
        String text = Files.readString(first);
        Path second = secrets().pinotKey();

        // Then
        assertThat(Base64.getDecoder().decode(text)).hasSize(32);
        assertThat(Files.readString(second)).isEqualTo(text);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                .isEqualTo("rw-------");
    }

    @Test
    void theCommandNamesTheKeyFileAndNeverTheKey() throws Exception {
        // Given
        build();

        // When
        Component pinot = pinot().component();

        // Then
        Path key = secrets().pinotKey();
        assertThat(pinot.program()).contains("-Dmenso.pinot.key-file=" + key);
        assertThat(pinot.program() + " " + pinot.arguments()).doesNotContain(Files.readString(key));
        assertThat(pinot.arguments()).contains("roles=zookeeper,controller,broker,server");
    }

    @Test
    void theSameHomeAndPortsGiveTheSameProcess() throws Exception {
        // Given
        build();
        PortPlan ports = new PortPlan(home.ports());
        Component first = new LocalPinot(home, ports, secrets()).component();
        ports.save();

        // When
        Component second = pinot().component();

        // Then
        assertThat(Digests.ofSettings(second)).isEqualTo(Digests.ofSettings(first));
    }

    @Test
    void saysHowToBuildWhatIsMissing() {
        assertThatThrownBy(() -> pinot().component())
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("up --pinot");
    }

    @Test
    void onlyServicesThatUsePinotHearOfIt() {
        // Given
        PortPlan ports = new PortPlan(home.ports());
        LocalPinot pinot = new LocalPinot(home, ports, secrets());
        String broker = "127.0.0.1:" + ports.of("pinot");

        // When // Then
        assertThat(pinot.settings("matching"))
                .containsEntry("MENSO_MATCHING_INDEX", "pinot")
                .containsEntry("MENSO_MATCHING_PINOT_BROKERS", "http://" + broker)
                .containsEntry(
                        "MENSO_MATCHING_PINOT_KEY_FILE", secrets().pinotKey().toString());
        assertThat(pinot.settings("pipeline")).containsOnly(java.util.Map.entry("MENSO_PIPELINE_PINOT_BROKER", broker));
        assertThat(pinot.settings("gateway")).isEmpty();
    }

    @Test
    void pinotIsListedOnlyWhenItIsAPart() {
        assertThat(Blueprint.names(true)).contains("pinot").containsAll(Blueprint.names(false));
        assertThat(Blueprint.names(false)).doesNotContain("pinot");
    }

    @Test
    void recognitionsAreKeptForNinetyDaysOrAsLongAsTheOperatorWants() {
        assertThat(LocalPinot.retention(Optional.empty())).isEqualTo(90);
        assertThat(LocalPinot.retention(Optional.of("7"))).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "ten", "10000", "1d"})
    void otherRetentionsAreRefused(String days) {
        assertThatThrownBy(() -> LocalPinot.retention(Optional.of(days)))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("MENSO_INSIGHTS_DAYS");
    }

    private LocalPinot pinot() {
        return new LocalPinot(home, new PortPlan(home.ports()), secrets());
    }

    private Secrets secrets() {
        return new Secrets(home.secrets());
    }

    private void build() throws Exception {
        Path target = directory.resolve("deploy/pinot-node/target");
        Files.createDirectories(target);
        Files.writeString(target.resolve("libraries"), "/libraries/one.jar:/libraries/two.jar");
    }
}
