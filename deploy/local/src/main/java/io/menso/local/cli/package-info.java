/// The launcher's commands.
@NullMarked
package io.menso.local.cli;

import org.jspecify.annotations.NullMarked;
