package io.menso.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class EvaluateCommandTest {

    @Test
    void optionsBecomeTheRequest() throws IOException {
        JsonNode request =
                request("faces --images aligned --persons held.txt --calibrate-with more --calibrate-with evenmore"
                        + " --embedding face_embedding_1M@9c7f253 --quality face_quality_1M --threads 3 --json out.json"
                        + " --plot out.png --calibration c.yaml --write-calibration");

        assertThat(request.path("pictures").asText()).isEqualTo(absolute("faces"));
        assertThat(request.path("aligned").asBoolean()).isTrue();
        assertThat(request.path("persons").asText()).isEqualTo(absolute("held.txt"));
        assertThat(request.path("calibrate_with"))
                .extracting(JsonNode::asText)
                .containsExactly(absolute("more"), absolute("evenmore"));
        assertThat(request.path("bundles").toString())
                .isEqualTo("{\"embedding\":\"face_embedding_1M@9c7f253\",\"quality\":\"face_quality_1M\"}");
        assertThat(request.path("threads").asInt()).isEqualTo(3);
        assertThat(request.path("outputs").path("json").asText()).isEqualTo(absolute("out.json"));
        assertThat(request.path("outputs").path("plot").asText()).isEqualTo(absolute("out.png"));
        assertThat(request.path("outputs").path("calibration").asText()).isEqualTo(absolute("c.yaml"));
        assertThat(request.path("outputs").path("print_calibration").asBoolean())
                .isTrue();
    }

    @Test
    void whatIsNotGivenIsNotAsked() throws IOException {
        JsonNode request = request("--detector-data scenes --against face_detector_76K");

        assertThat(request.toString())
                .isEqualTo("{\"aligned\":false,\"calibrate_with\":[],\"detector_data\":\"" + absolute("scenes")
                        + "\",\"against\":\"face_detector_76K\",\"bundles\":{},"
                        + "\"outputs\":{\"print_calibration\":false}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json out.json", "faces --images sideways", "faces more", "faces --threads few"})
    void wrongUseIsRefusedBeforeAnythingStarts(String line) {
        StringWriter err = new StringWriter();
        CommandLine menso =
                Menso.commandLine().setErr(new PrintWriter(err)).setOut(new PrintWriter(new StringWriter()));

        int status = menso.execute(("models evaluate " + line).strip().split(" "));

        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("Usage: menso models evaluate");
    }

    private static JsonNode request(String line) throws IOException {
        EvaluateCommand command = new EvaluateCommand();
        new CommandLine(command).parseArgs(line.split(" "));
        return new ObjectMapper().readTree(command.request());
    }

    private static String absolute(String name) {
        return Path.of(name).toAbsolutePath().toString();
    }
}
