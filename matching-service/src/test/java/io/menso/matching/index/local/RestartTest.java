package io.menso.matching.index.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.DamagedRow;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import io.menso.matching.index.Splitter;
import io.menso.matching.index.Versions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Opens the same directory again, as a process does that starts, with a map in the place of the database.
class RestartTest {

    static final int DIMENSION = 64;
    static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final Space OTHER = new Space(Tenant.of("umbrella", "production"), "rev1");
    private static final Splitter THREADS =
            (parts, part) -> IntStream.range(0, parts).parallel().forEach(part);
    private static final double ALL = -2;

    private final Random random = new Random(3);
    private final FakeKeys keys = new FakeKeys("one");
    private final Map<Space, Map<UUID, Entry>> database = new HashMap<>();
    private final List<LocalIndex> opened = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        opened.forEach(LocalIndex::close);
    }

    private LocalIndex open() {
        return open(keys);
    }

    private LocalIndex open(IndexKeys with) {
        LocalIndex index = LocalIndex.open(options(directory), with);
        opened.add(index);
        return index;
    }

    static LocalIndexOptions options(Path directory) {
        return new LocalIndexOptions(Mode.STANDARD, directory, Splitter.serial());
    }

    private void close(LocalIndex index) {
        opened.remove(index);
        index.close();
    }

    private Map<UUID, Entry> stored(Space space) {
        return database.computeIfAbsent(space, _ -> new HashMap<>());
    }

    private Entry store(LocalIndex index, Space space, UUID user, long version) {
        Entry entry = new Entry(user, version, Vectors.random(random, DIMENSION));
        stored(space).put(user, entry);
        index.put(space, List.of(entry));
        return entry;
    }

    private void fill(LocalIndex index, Space space, int count) {
        for (int i = 0; i < count; i++) {
            store(index, space, new UUID(random.nextLong(), random.nextLong()), i + 1);
        }
    }

    private void delete(LocalIndex index, UUID user) {
        stored(SPACE).remove(user);
        index.remove(SPACE, user);
    }

    /// What the service does at its start.
    ///
    /// @return entries that had to be read from the database
    private int catchUp(LocalIndex index) {
        index.readKept(THREADS);
        int[] missing = {0};
        database.forEach((space, entries) -> {
            List<UUID> users = index.confirm(space, versions(entries));
            missing[0] += users.size();
            index.put(space, users.stream().map(entries::get).toList());
        });
        index.showConfirmed();
        return missing[0];
    }

    static Versions versions(Map<UUID, Entry> entries) {
        ByteBuffer packed = ByteBuffer.allocate(entries.size() * 24);
        entries.values()
                .forEach(entry -> packed.putLong(entry.user().getMostSignificantBits())
                        .putLong(entry.user().getLeastSignificantBits())
                        .putLong(entry.version()));
        return new Versions(packed.array());
    }

    private void assertLikeTheDatabase(LocalIndex index) {
        for (Space space : List.of(SPACE, OTHER)) {
            Map<UUID, Entry> entries = stored(space);
            for (int i = 0; i < 20; i++) {
                float[] query = Vectors.random(random, DIMENSION);
                List<Hit> expected = entries.values().stream()
                        .map(entry -> new Hit(entry.user(), entry.version(), dot(entry.vector(), query)))
                        .sorted(Hit.BEST_FIRST)
                        .limit(10)
                        .toList();
                assertThat(mended(index, space, query)).isEqualTo(expected);
            }
        }
        assertThat(index.size())
                .isEqualTo(database.values().stream().mapToInt(Map::size).sum());
    }

    /// Searches as the service does: what is damaged is read from the database.
    private List<Hit> mended(LocalIndex index, Space space, float[] query) {
        while (true) {
            try {
                return index.search(space, query, 10, ALL);
            } catch (DamagedRow damaged) {
                assertThat(damaged.space()).isEqualTo(space);
                index.put(space, List.of(requireNonNull(stored(space).get(damaged.user()))));
            }
        }
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private byte[] read(String file) throws IOException {
        return Files.readAllBytes(directory.resolve(file));
    }

    private Path copy(Path target) throws IOException {
        Files.createDirectories(target);
        for (String file : List.of("manifest", "codes", "vectors")) {
            Files.deleteIfExists(target.resolve(file));
            Files.copy(directory.resolve(file), target.resolve(file));
        }
        return target;
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int old = access.read();
            access.seek(at);
            access.write(old ^ 0x10);
        }
    }

    /// Exchanges the contents of two slots.
    private static void exchange(Path file, long one, long other, int bytes) throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] kept = java.util.Arrays.copyOfRange(content, (int) one, (int) one + bytes);
        System.arraycopy(content, (int) other, content, (int) one, bytes);
        System.arraycopy(kept, 0, content, (int) other, bytes);
        Files.write(file, content);
    }

    private static int codeBytes() {
        return Extent.codeBytes(new Layout(DIMENSION));
    }

    private static long used(byte[] file, int slot) {
        return IntStream.range(0, file.length / slot)
                .filter(row -> IntStream.range(row * slot, (row + 1) * slot).anyMatch(at -> file[at] != 0))
                .count();
    }

    @Test
    void answersAsBeforeToTheLastBit() {
        LocalIndex before = open();
        fill(before, SPACE, 1000);
        fill(before, OTHER, 70);
        List<UUID> users = new ArrayList<>(stored(SPACE).keySet());
        users.subList(0, 300).forEach(user -> delete(before, user));
        users.subList(300, 500).forEach(user -> store(before, SPACE, user, 5000));
        close(before);

        LocalIndex after = open();

        assertThat(after.kept()).containsExactlyInAnyOrder(SPACE.tenant(), OTHER.tenant());
        assertThat(catchUp(after)).as("read from the database").isZero();
        assertThat(after.kept()).isEmpty();
        assertLikeTheDatabase(after);
    }

    @Test
    void goesOnWithChangesAfterManyRestarts() {
        for (int round = 0; round < 5; round++) {
            LocalIndex index = open();
            assertThat(catchUp(index)).isZero();
            fill(index, SPACE, 100);
            List<UUID> users = new ArrayList<>(stored(SPACE).keySet());
            users.subList(0, 30).forEach(user -> delete(index, user));
            assertLikeTheDatabase(index);
            close(index);
        }
    }

    @Test
    void findsNothingBeforeTheDatabaseWasAsked() {
        LocalIndex before = open();
        Entry entry = store(before, SPACE, UUID.randomUUID(), 1);
        close(before);
        LocalIndex after = open();
        after.readKept(THREADS);

        assertThat(after.search(SPACE, entry.vector(), 1, ALL)).isEmpty();
        assertThat(after.version(SPACE, entry.user())).isEmpty();
        assertThat(after.held(SPACE.tenant())).isEmpty();
        assertThat(after.size()).isZero();
    }

    @Test
    void readsWhatTheFilesLackOrHaveInAnotherVersionAndDropsWhatTheDatabaseLacks() {
        LocalIndex before = open();
        fill(before, SPACE, 50);
        close(before);
        List<Entry> entries = new ArrayList<>(stored(SPACE).values());
        stored(SPACE).remove(entries.get(0).user());
        Entry newer = new Entry(entries.get(1).user(), 99, Vectors.random(random, DIMENSION));
        stored(SPACE).put(newer.user(), newer);
        Entry older = new Entry(entries.get(2).user(), 1, Vectors.random(random, DIMENSION));
        stored(SPACE).put(older.user(), older);
        Entry added = new Entry(UUID.randomUUID(), 100, Vectors.random(random, DIMENSION));
        stored(SPACE).put(added.user(), added);

        LocalIndex after = open();

        assertThat(catchUp(after)).isLessThanOrEqualTo(3);
        assertLikeTheDatabase(after);
    }

    @Test
    void doesNotTakeBackAChangeThatCameBetweenTheQuestionAndTheAnswer() {
        LocalIndex before = open();
        fill(before, SPACE, 3);
        close(before);
        List<Entry> entries = new ArrayList<>(stored(SPACE).values());
        LocalIndex after = open();
        after.readKept(THREADS);
        Versions asked = versions(stored(SPACE));

        delete(after, entries.get(0).user());
        assertThat(after.confirm(SPACE, asked)).containsExactly(entries.get(0).user());
        delete(after, entries.get(1).user());
        store(after, SPACE, entries.get(2).user(), 50);
        after.showConfirmed();

        assertLikeTheDatabase(after);
    }

    @Test
    void beginsTheComparisonAnewAfterAFailure() {
        LocalIndex before = open();
        fill(before, SPACE, 20);
        close(before);
        LocalIndex after = open();
        after.readKept(THREADS);
        after.confirm(SPACE, versions(stored(SPACE)));
        UUID gone = stored(SPACE).keySet().iterator().next();
        stored(SPACE).remove(gone);

        assertThat(after.kept()).isNotEmpty();
        catchUp(after);

        assertLikeTheDatabase(after);
    }

    @Test
    void leavesNothingOfADeletedRowInTheFiles() throws IOException {
        LocalIndex index = open();
        fill(index, SPACE, 10);
        List<UUID> users = new ArrayList<>(stored(SPACE).keySet());
        assertThat(used(read("codes"), codeBytes())).isGreaterThan(0);

        users.subList(0, 9).forEach(user -> delete(index, user));
        assertThat(used(read("vectors"), Extent.vectorBytes(DIMENSION))).isEqualTo(1);
        delete(index, users.get(9));

        assertThat(read("codes")).containsOnly(0);
        assertThat(read("vectors")).containsOnly(0);
        assertThat(index.isWiped(SPACE)).isTrue();
    }

    @Test
    void wipesAFaceThatAnOldCopyOfTheDirectoryBringsBack(@TempDir Path old) throws IOException {
        LocalIndex before = open();
        fill(before, SPACE, 10);
        copy(old);
        Entry deleted = stored(SPACE).values().iterator().next();
        delete(before, deleted.user());
        fill(before, OTHER, 200);
        close(before);
        for (String file : List.of("manifest", "codes", "vectors")) {
            Files.copy(old.resolve(file), directory.resolve(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }

        LocalIndex after = open();

        assertThat(catchUp(after)).isEqualTo(200);
        assertLikeTheDatabase(after);
        assertThat(after.version(SPACE, deleted.user())).isEmpty();
        delete(after, stored(SPACE).keySet().iterator().next());
        assertThat(used(
                        java.util.Arrays.copyOf(read("vectors"), 64 * Extent.vectorBytes(DIMENSION)),
                        Extent.vectorBytes(DIMENSION)))
                .as("of ten, two were deleted")
                .isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest", "codes", "vectors"})
    void doesNotBelieveAChangedByteAnywhere(String file) throws IOException {
        LocalIndex before = open();
        fill(before, SPACE, 60);
        close(before);
        long length = file.equals("manifest")
                ? Files.size(directory.resolve(file))
                : 60L * (file.equals("codes") ? codeBytes() : Extent.vectorBytes(DIMENSION));
        for (int i = 0; i < 60; i++) {
            flip(directory.resolve(file), random.nextLong(length));
            LocalIndex after = open();
            catchUp(after);
            assertLikeTheDatabase(after);
            close(after);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest", "codes", "vectors"})
    void readsEverythingAnewWhenAFileIsCutOrGone(String file) throws IOException {
        for (int percent : new int[] {99, 50, 1, 0}) {
            LocalIndex before = open();
            catchUp(before);
            fill(before, SPACE, 70);
            close(before);
            try (RandomAccessFile access =
                    new RandomAccessFile(directory.resolve(file).toFile(), "rw")) {
                long used = file.equals("manifest") ? access.length() : 128L * codeBytes();
                access.setLength(used * percent / 100);
            }
            if (percent == 0) {
                Files.delete(directory.resolve(file));
            }

            LocalIndex after = open();
            assertThat(catchUp(after)).isEqualTo(stored(SPACE).size());
            assertLikeTheDatabase(after);
            close(after);
        }
    }

    @Test
    void doesNotBelieveRecordsThatWereExchanged() throws IOException {
        LocalIndex before = open();
        fill(before, SPACE, 64);
        fill(before, OTHER, 64);
        close(before);
        int code = codeBytes();
        int vector = Extent.vectorBytes(DIMENSION);
        exchange(directory.resolve("codes"), 3L * code, 5L * code, code);
        exchange(directory.resolve("codes"), 7L * code, 71L * code, code);
        exchange(directory.resolve("vectors"), 9L * vector, 11L * vector, vector);
        exchange(directory.resolve("vectors"), 13L * vector, 77L * vector, vector);

        LocalIndex after = open();

        assertThat(catchUp(after)).as("codes at the wrong place").isEqualTo(4);
        assertLikeTheDatabase(after);
    }

    @Test
    void mendsARowWhoseVectorIsDamagedByWhatTheDatabaseHas() throws IOException {
        LocalIndex before = open();
        fill(before, SPACE, 64);
        close(before);
        flip(directory.resolve("vectors"), 5L * Extent.vectorBytes(DIMENSION) + 100);
        LocalIndex after = open();
        assertThat(catchUp(after)).isZero();

        assertThatThrownBy(() -> after.search(SPACE, Vectors.random(random, DIMENSION), 64, ALL))
                .isInstanceOf(DamagedRow.class);
        assertLikeTheDatabase(after);
    }

    @Test
    void wipesTheRowsOfATenantWhoseKeyWasDestroyed() throws IOException {
        LocalIndex before = open();
        fill(before, OTHER, 20);
        close(before);
        keys.destroy(OTHER.tenant());
        database.clear();

        LocalIndex after = open();
        catchUp(after);

        assertThat(after.size()).isZero();
        assertThat(read("codes")).containsOnly(0);
        assertThat(read("vectors")).containsOnly(0);
    }

    @Test
    void usesNothingThatIsUnderAnotherMasterKey() {
        LocalIndex before = open();
        fill(before, SPACE, 20);
        close(before);

        LocalIndex after = open(new FakeKeys("two"));

        assertThat(catchUp(after)).isEqualTo(20);
        assertLikeTheDatabase(after);
    }

    @Test
    void keepsTheFilesOfTheProcessThatHasThem() {
        LocalIndex first = open();
        fill(first, SPACE, 10);
        LocalIndex second = open();

        assertThat(catchUp(second)).as("empty: its file is temporary").isEqualTo(10);
        assertLikeTheDatabase(second);
        assertLikeTheDatabase(first);
    }

    @Test
    void wipesEverythingWhenItIsCleared() throws IOException {
        LocalIndex index = open();
        fill(index, SPACE, 10);

        index.clear();

        assertThat(read("codes")).isEmpty();
        assertThat(read("vectors")).isEmpty();
        assertThat(index.kept()).isEmpty();
        index.put(SPACE, List.copyOf(stored(SPACE).values()));
        close(index);
        LocalIndex after = open();
        assertThat(catchUp(after)).isZero();
        assertLikeTheDatabase(after);
    }

    @Test
    void showsNeitherFacesNorWhoseTheyAreNorSecretsInItsFiles() throws IOException {
        LocalIndex index = open();
        UUID user = UUID.randomUUID();
        Entry entry = store(index, SPACE, user, 1);
        ByteBuffer plain = ByteBuffer.allocate(16).putFloat(entry.vector()[0]).putFloat(entry.vector()[1]);
        for (String file : List.of("manifest", "codes", "vectors")) {
            String content = new String(read(file), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(content)
                    .doesNotContain(
                            "acme",
                            "rev1",
                            new String(plain.array(), 0, 8, java.nio.charset.StandardCharsets.ISO_8859_1),
                            new String(
                                    ByteBuffer.allocate(8)
                                            .putLong(user.getMostSignificantBits())
                                            .array(),
                                    java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
        }
    }

    @Test
    void findsItsRowsAfterAProcessWasKilled() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = writer.inputReader()) {
            while (Integer.parseInt(lines.readLine()) < 3000) {
                // Each line is a number of rows that were put; the process goes on with it until it is killed.
            }
        }
        writer.destroyForcibly();
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (int i = 1; i <= 3000; i++) {
            Entry entry = KilledWriter.entry(i);
            stored(SPACE).put(entry.user(), entry);
        }

        LocalIndex after = open();

        assertThat(catchUp(after)).as("lost").isZero();
        assertLikeTheDatabase(after);
    }
}
