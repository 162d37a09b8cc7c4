package io.menso.matching.index;

import io.menso.commons.web.Tenant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// An index whose rows outlive the process in files. They are a proposal: none is found by a search before the
/// database was asked whether it has the same.
///
/// In this order: [#readKept], [#confirm] for all that the database has, [#showConfirmed]. Beginning again starts
/// over.
public interface KeptIndex extends VectorIndex {

    /// Tenants with rows in files that have been neither shown nor wiped.
    Set<Tenant> kept();

    /// Reads the rows; those that cannot be opened are wiped. The tenants' keys must be known.
    ///
    /// @return highest version of a row, 0 without rows
    long readKept(Splitter splitter);

    /// Compares rows with what the database has.
    ///
    /// @return users whose rows are missing or older
    List<UUID> confirm(Space space, Versions known);

    /// Lets searches find the confirmed rows, and wipes the others.
    ///
    /// @return how many are found now
    long showConfirmed();
}
