package io.menso.local.models;

import io.menso.local.models.InstalledModel.Origin;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The models that are shipped inside inference-service: those of its jar, or of its sources before it is built.
final class BuiltInModels {

    private static final String SERVICE = "inference-service";
    private static final String FOLDER = "models";

    private BuiltInModels() {}

    /// @param checkout where the services are built
    static List<InstalledModel> of(Path checkout) throws IOException {
        Path app = checkout.resolve(SERVICE).resolve("target/quarkus-app/app");
        if (Files.isDirectory(app)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(app, "*" + SERVICE + "*.jar")) {
                for (Path jar : jars) {
                    return ofJar(jar);
                }
            }
        }
        return InstalledModel.in(
                checkout.resolve(SERVICE).resolve("src/main/resources").resolve(FOLDER), Origin.BUILT_IN);
    }

    private static List<InstalledModel> ofJar(Path jar) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            return InstalledModel.in(content.getPath(FOLDER), Origin.BUILT_IN);
        }
    }
}
