package io.menso.inference.evaluation.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFolderTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "anna_01.jpg, anna",
        "anna_maria_2.png, anna_maria",
        "A000014.jpg, A000014",
        "_1.jpg, _1",
        "a.b_03.JPEG, a.b"
    })
    void thePersonIsEverythingBeforeTheLastUnderscore(String file, String person) {
        assertThat(PictureFile.of(Path.of(file)).person()).isEqualTo(person);
    }

    @Test
    void picturesOfAPersonStandSideBySide() throws IOException {
        files("b_1.jpg", "a_2.jpg", "a_b_1.jpg", "a_1.jpg", "notes.txt", ".hidden_1.jpg");

        assertThat(PictureFolder.faces(folder)).extracting(PictureFile::person).containsExactly("a", "a", "a_b", "b");
    }

    @Test
    void aListOfPersonsChooses() throws IOException {
        files("a_1.jpg", "a_2.jpg", "b_1.jpg", "c_1.jpg");
        Path persons = Files.writeString(folder.resolve("persons.txt"), "# held out\nc\n\n a \nelsewhere\n");

        assertThat(PictureFolder.faces(folder, persons))
                .extracting(PictureFile::person)
                .containsExactly("a", "a", "c");
    }

    @Test
    void aListWithoutAnybodyIsRefused() throws IOException {
        files("a_1.jpg");
        Path strangers = Files.writeString(folder.resolve("strangers.txt"), "x\ny\n");
        Path nobody = Files.writeString(folder.resolve("nobody.txt"), "# none\n");

        assertThatThrownBy(() -> PictureFolder.faces(folder, strangers))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("none of the 2 persons");
        assertThatThrownBy(() -> PictureFolder.faces(folder, nobody))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("lists no persons");
        assertThatThrownBy(() -> PictureFolder.faces(folder, folder.resolve("absent.txt")))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("absent.txt");
    }

    @Test
    void aFolderThatIsNotThereOrHasNoPicturesIsRefused() {
        assertThatThrownBy(() -> PictureFolder.faces(folder.resolve("absent")))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("there is no folder " + folder.resolve("absent"));
        assertThatThrownBy(() -> PictureFolder.faces(folder))
                .isInstanceOf(EvaluationException.class)
                .hasMessage("there are no pictures in " + folder);
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(folder.resolve(name));
        }
    }
}
