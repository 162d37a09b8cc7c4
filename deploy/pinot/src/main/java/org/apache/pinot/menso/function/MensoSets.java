package org.apache.pinot.menso.function;

import io.menso.pinot.UserSet;
import org.apache.pinot.spi.annotations.ScalarFunction;

/// Menso's functions that choose rows: in statements by user, on their way into a table by their kind.
public final class MensoSets {

    private static final ThreadLocal<UserSet> LAST = ThreadLocal.withInitial(UserSet::none);

    private MensoSets() {}

    /// Whether a user is one of many: for galleries too large for a list of literals.
    ///
    /// @param users Base64 of 16 bytes for each
    /// @return 1 or 0
    @ScalarFunction
    public static int mensoAmong(String user, String users) {
        UserSet set = LAST.get().orOf(users);
        LAST.set(set);
        return set.contains(user) ? 1 : 0;
    }

    /// Whether an event of a template neither brings a vector nor says that it is gone. Such events are written
    /// while the local index is in use; a row without a vector would look as if Pinot had the template.
    @ScalarFunction
    public static boolean mensoWithoutVector(String type, String sealed) {
        return sealed.isEmpty() && !type.endsWith(".deleted");
    }
}
