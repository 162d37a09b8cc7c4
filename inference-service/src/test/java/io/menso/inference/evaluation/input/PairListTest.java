package io.menso.inference.evaluation.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairListTest {

    @TempDir
    Path folder;

    @BeforeEach
    void pictures() throws IOException {
        Files.createDirectory(folder.resolve("in"));
        Files.createFile(folder.resolve("a.jpg"));
        Files.createFile(folder.resolve("b.jpg"));
        Files.createFile(folder.resolve("in/c.jpg"));
    }

    @Test
    void linesAreRelativeToTheFileAndMayBeginWithNames() throws IOException {
        Path file = write("path1, path2, same\na.jpg, b.jpg, 1\n\n" + folder.resolve("a.jpg") + ",in/c.jpg,false\n");

        PairList list = PairList.read(file);

        assertThat(list.pairs())
                .containsExactly(
                        new PairList.Pair(folder.resolve("a.jpg"), folder.resolve("b.jpg"), true),
                        new PairList.Pair(folder.resolve("a.jpg"), folder.resolve("in/c.jpg"), false));
        assertThat(list.pictures())
                .extracting(PictureFile::path)
                .containsExactly(folder.resolve("a.jpg"), folder.resolve("b.jpg"), folder.resolve("in/c.jpg"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.jpg,b.jpg|three fields",
                "a.jpg,b.jpg,1,2|three fields",
                "a.jpg,absent.jpg,1|there is no picture",
                "a.jpg,,1|there is no picture",
                "a.jpg,b.jpg,maybe|must be 1 or 0, not maybe",
                "path1,path2,same|there is no picture"
            })
    void aWrongLineIsNamedByItsNumber(String line, String problem) throws IOException {
        Path file = write("a.jpg,b.jpg,1\n" + line + "\n");

        assertThatThrownBy(() -> PairList.read(file))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining(problem);
    }

    @Test
    void bothKindsOfPairsAreNeeded() throws IOException {
        assertThatThrownBy(() -> PairList.read(write("a.jpg,b.jpg,0\n")))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("no pair of one person");
        assertThatThrownBy(() -> PairList.read(write("a.jpg,b.jpg,1\n")))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("no pair of different persons");
        assertThatThrownBy(() -> PairList.read(folder.resolve("absent.csv")))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("absent.csv");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("pairs.csv"), text);
    }
}
