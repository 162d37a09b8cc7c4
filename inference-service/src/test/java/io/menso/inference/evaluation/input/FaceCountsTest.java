package io.menso.inference.evaluation.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.inference.evaluation.input.FaceCounts.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceCountsTest {

    @TempDir
    Path folder;

    @Test
    void theListSaysHowMany() throws IOException {
        picture("group.jpg");
        picture("brick.png");
        Files.writeString(folder.resolve("faces.csv"), "file,faces\ngroup.jpg,29\nbrick.png, 0\n");

        assertThat(FaceCounts.read(folder))
                .containsExactly(
                        new Expected(folder.resolve("group.jpg"), 29, true),
                        new Expected(folder.resolve("brick.png"), 0, true));
    }

    @Test
    void withoutAListEveryPictureHasAFaceAndThoseInNofaceHaveNone() throws IOException {
        picture("one.jpg");
        Files.createDirectory(folder.resolve("noface"));
        picture("noface/cat.png");

        assertThat(FaceCounts.read(folder))
                .containsExactly(
                        new Expected(folder.resolve("noface/cat.png"), 0, true),
                        new Expected(folder.resolve("one.jpg"), 1, false));
    }

    @Test
    void aFolderMayHoldPicturesWithoutFacesAlone() throws IOException {
        Files.createDirectory(folder.resolve("noface"));
        picture("noface/cat.png");

        assertThat(FaceCounts.read(folder)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"one.jpg", "one.jpg,few", "one.jpg,-1", "absent.jpg,1", "one.jpg,1,2"})
    void aWrongLineIsNamedByItsNumber(String line) throws IOException {
        picture("one.jpg");
        Files.writeString(folder.resolve("faces.csv"), "one.jpg,1\n" + line + "\n");

        assertThatThrownBy(() -> FaceCounts.read(folder))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertThatThrownBy(() -> FaceCounts.read(folder))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("no pictures");
    }

    private void picture(String name) throws IOException {
        Files.createFile(folder.resolve(name));
    }
}
