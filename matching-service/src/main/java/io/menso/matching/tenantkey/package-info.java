/// The data key of each tenant, under which templates are encrypted.
@NullMarked
package io.menso.matching.tenantkey;

import org.jspecify.annotations.NullMarked;
