/// The public door of the suite: what every request passes before a service sees it.
@NullMarked
package io.menso.gateway;

import org.jspecify.annotations.NullMarked;
