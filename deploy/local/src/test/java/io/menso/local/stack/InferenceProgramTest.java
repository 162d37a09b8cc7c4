package io.menso.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceProgramTest {

    @TempDir
    Path root;

    private InferenceProgram program;

    @BeforeEach
    void create() {
        program = new InferenceProgram(Home.of(root, Map.of()));
    }

    @Test
    void saysThatTheServiceIsNotBuilt() {
        assertThatThrownBy(() -> program.run(List.of("evaluate", "{}")))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("not built")
                .hasMessageContaining("quarkus-run.jar");
    }

    @Test
    void runsTheJarWithTheSettingsOfTheHomeAndPassesItsStatusOn() throws IOException {
        // A program in the jar's place that writes down what it was given, and ends with status 7.
        jar("""
                public class Witness {
                    public static void main(String[] arguments) throws Exception {
                        java.nio.file.Files.writeString(
                                java.nio.file.Path.of(arguments[1]),
                                arguments[0] + " " + System.getenv("MENSO_INFERENCE_MODELS_DIR"));
                        System.exit(7);
                    }
                }
                """);
        Path witness = root.resolve("witness.txt");

        int status = program.run(List.of("evaluate", witness.toString()));

        assertThat(status).isEqualTo(7);
        assertThat(Files.readString(witness)).isEqualTo("evaluate " + root.resolve(".menso/models"));
    }

    private void jar(String source) throws IOException {
        Path code = Files.writeString(root.resolve("Witness.java"), source);
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, code.toString());
        assertThat(status).isZero();
        Path jar = root.resolve("inference-service/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Witness");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new JarEntry("Witness.class"));
            Files.copy(root.resolve("Witness.class"), entries);
        }
    }
}
