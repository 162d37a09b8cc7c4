/// The description of the API, for machines and for people.
@NullMarked
package io.menso.gateway.docs;

import org.jspecify.annotations.NullMarked;
