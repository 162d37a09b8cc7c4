/// Who did what when, and how long that is kept.
@NullMarked
package io.menso.device.audit;

import org.jspecify.annotations.NullMarked;
