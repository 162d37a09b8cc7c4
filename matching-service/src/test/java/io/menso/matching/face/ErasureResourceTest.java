package io.menso.matching.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.menso.commons.web.Tenant;
import io.menso.matching.MatchingTest;
import io.menso.matching.Vectors;
import io.menso.matching.index.Space;
import io.menso.matching.index.VectorIndex;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErasureResourceTest extends MatchingTest {

    private static final float[] FACE = Vectors.at(1, 1);

    @Inject
    VectorIndex index;

    private boolean isIndexed(UUID user) {
        return index.version(new Space(Tenant.of(customer, "production"), REVISION), user)
                .isPresent();
    }

    @Test
    @DisplayName("D6: after the 204 the user is in no search, no index and no gallery, and cannot be enrolled again")
    void erased() {
        UUID user = enrolled(FACE);
        token(user, "hall", 0, clock.now() + 5);
        assertThat(isIndexed(user)).isTrue();

        erase(user).statusCode(204);

        assertThat(isIndexed(user)).isFalse();
        search(system(), FACE, Map.of()).statusCode(200).body("users", is(empty()));
        search(device("hall"), FACE, Map.of()).statusCode(200).body("users", is(empty()));
        system().get("/v3/users/{user}/face", user).then().statusCode(404);
        verify(system(), user, FACE).statusCode(404);
        enroll(system(), user, FACE).statusCode(404).body("error", is("BAD_RESOURCE"));
        inference.answer(() -> Vectors.encoded(REVISION, FACE));
        system().multiPart("file", "a.jpg", new byte[10], "image/jpeg")
                .put("/v3/users/{user}/face", user)
                .then()
                .statusCode(404);
        assertThat(isIndexed(user)).isFalse();
    }

    @Test
    @DisplayName("D6: erasing again, or a user who never had a face, is 204 and keeps later faces out")
    void repeatable() {
        UUID user = identity.add();
        erase(user).statusCode(204);
        erase(user).statusCode(204);
        enroll(system(), user, FACE).statusCode(404);
        system().delete("/internal/users/abc/face").then().statusCode(404);
    }

    @Test
    @DisplayName("A7: erasing in one environment leaves the same id in the other alone")
    void otherEnvironment() {
        UUID user = enrolled(FACE);
        system("staging").delete("/internal/users/{user}/face", user).then().statusCode(204);
        system().get("/v3/users/{user}/face", user).then().statusCode(200);
    }

    @Test
    @DisplayName("D6: whichever wins a race of enrolment and erasure, after the erasure there is nothing")
    void race() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 25; round++) {
                UUID user = identity.add();
                List<Future<Integer>> stores = new ArrayList<>();
                Callable<Integer> store =
                        () -> enroll(system(), user, FACE).extract().statusCode();
                stores.add(threads.submit(store));
                stores.add(threads.submit(store));
                Future<Integer> erasure =
                        threads.submit(() -> erase(user).extract().statusCode());
                stores.add(threads.submit(store));

                assertThat(erasure.get()).isEqualTo(204);
                for (Future<Integer> answer : stores) {
                    assertThat(answer.get()).isIn(200, 404);
                }
                assertThat(isIndexed(user)).isFalse();
                system().get("/v3/users/{user}/face", user).then().statusCode(404);
                enroll(system(), user, FACE).statusCode(404);
            }
        }
        search(system(), FACE, Map.of("limit", 100)).statusCode(200).body("users", is(empty()));
    }

    @Test
    @DisplayName("D8: concurrent registrations leave one face, the same in database and index")
    void concurrentStores() throws Exception {
        UUID user = identity.add();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> stores = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                float[] face = Vectors.at(0.5 + i * 0.02, 1);
                stores.add(threads.submit(
                        () -> enroll(system(), user, face).extract().statusCode()));
            }
            for (Future<Integer> store : stores) {
                assertThat(store.get()).isEqualTo(200);
            }
        }
        List<Float> found = search(system(), FACE, Map.of()).extract().path("users.score");
        assertThat(found).hasSize(1);
        verify(system(), user, FACE).statusCode(200).body("score", is(found.getFirst()));
    }
}
