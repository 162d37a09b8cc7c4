/// How faces come in: from images or as an embedding.
@NullMarked
package io.menso.matching.enrolment;

import org.jspecify.annotations.NullMarked;
