/// What services with a database share: events in the same transaction as state, idempotent creation, encryption.
@NullMarked
package io.menso.commons.data;

import org.jspecify.annotations.NullMarked;
