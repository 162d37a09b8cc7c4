package org.apache.pinot.menso.function;

import io.menso.pinot.PinotKey;
import io.menso.pinot.SealedScan;
import io.menso.pinot.TemplateId;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.pinot.spi.annotations.ScalarFunction;
import org.jspecify.annotations.Nullable;

/// Menso's functions in Pinot's SQL and in its tables' transformations.
///
/// The key comes from the file named by the system property `menso.pinot.key-file` or the environment variable
/// `MENSO_PINOT_KEY_FILE` of the server, never from SQL.
public final class MensoFunctions {

    private static final String PROPERTY = "menso.pinot.key-file";

    private static final ThreadLocal<SealedScan> SCANS = ThreadLocal.withInitial(() -> new SealedScan(key()));
    private static @Nullable PinotKey key;

    private MensoFunctions() {}

    /// How alike a row's template and the query are; see [SealedScan#cosine].
    ///
    /// @param query Base64 of the query, sealed for the tenant
    /// @return from -1 to 1, or -2 for a row that cannot be compared
    @ScalarFunction
    public static double mensoCosine(
            byte[] sealed, String tenant, String user, String revision, long version, String query) {
        return SCANS.get().cosine(sealed, new TemplateId(tenant, user, revision, version), query);
    }

    /// Whether an event says that its object is gone: 1 for the types `….deleted`, else 0.
    @ScalarFunction
    public static int mensoDeleted(String type) {
        return type.endsWith(".deleted") ? 1 : 0;
    }

    /// Read with the first comparison, so that ingestion and brokers do without the key.
    private static synchronized PinotKey key() {
        if (key == null) {
            key = PinotKey.ofFile(Path.of(keyFile()));
        }
        return key;
    }

    private static String keyFile() {
        String variable = PROPERTY.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        String file = System.getProperty(PROPERTY, System.getenv(variable));
        if (file == null) {
            throw new IllegalStateException("set " + PROPERTY + " or " + variable + " on Pinot's servers");
        }
        return file;
    }
}
