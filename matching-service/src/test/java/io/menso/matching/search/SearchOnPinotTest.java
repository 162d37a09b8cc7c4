package io.menso.matching.search;

import io.menso.matching.PinotServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Typed;

/// All that is promised of a search holds with Pinot as well. Tests are beans: one that is a test of another type,
/// too, would make that one ambiguous.
@QuarkusTest
@Typed(SearchOnPinotTest.class)
@WithTestResource(PinotServers.class)
class SearchOnPinotTest extends SearchResourceTest {}
