/// What all features run on: time, CPU threads, Kafka.
@NullMarked
package io.menso.matching.runtime;

import org.jspecify.annotations.NullMarked;
