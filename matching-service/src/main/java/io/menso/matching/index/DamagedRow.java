package io.menso.matching.index;

import java.util.UUID;

/// A search needed a vector that the index's file does not hold any more as it was written. Once the user was
/// refreshed from the database, the search can be repeated.
public final class DamagedRow extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Space space;
    private final UUID user;

    public DamagedRow(Space space, UUID user) {
        super("a sealed vector cannot be opened", null, false, false);
        this.space = space;
        this.user = user;
    }

    public Space space() {
        return space;
    }

    public UUID user() {
        return user;
    }
}
