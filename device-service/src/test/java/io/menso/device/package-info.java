/// Tests of the device service against a real database and a real broker.
@NullMarked
package io.menso.device;

import org.jspecify.annotations.NullMarked;
