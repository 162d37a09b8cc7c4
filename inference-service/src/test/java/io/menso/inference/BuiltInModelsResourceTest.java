package io.menso.inference;

import io.menso.inference.bundle.BuiltInBundles;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.Task;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

/// What is shipped recognises faces by itself: no pulled models, no network, no shared folder.
@QuarkusTest
@WithTestResource(BuiltInModels.class)
class BuiltInModelsResourceTest extends DemoPictures {

    @TempDir
    static Path cache;

    @Override
    void assumeModels() {
        Assumptions.assumeTrue(
                BuiltInBundles.ofService(cache).bundles().stream()
                        .map(ModelBundle::task)
                        .collect(Collectors.toSet())
                        .containsAll(EnumSet.of(Task.DETECTOR, Task.LIVENESS, Task.EMBEDDING)),
                "skipped: not all models that recognition needs are built in");
    }
}
