package io.menso.matching.search;

import io.menso.matching.PinotServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/// All that is promised of a search holds with Pinot as well.
@QuarkusTest
@WithTestResource(PinotServers.class)
class SearchOnPinotTest extends SearchResourceTest {}
