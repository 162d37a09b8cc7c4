package io.menso.commons.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {

    private static final URI REQUEST = URI.create("https://h/v3/users?per_page=10&q=a%20b%7Bc%7D&page=2");

    private static String entry(int page, String relation) {
        return "<https://h/v3/users?per_page=10&q=a%20b%7Bc%7D&page=" + page + ">; rel=\"" + relation + "\"";
    }

    @Test
    @DisplayName("C2: a page in the middle has all four links, with the other parameters as they came")
    void linksBothWays() {
        assertEquals(
                String.join(", ", entry(1, "first"), entry(1, "prev"), entry(3, "next"), entry(3, "last")),
                new Paging(2, 10).link(21, REQUEST));
    }

    @Test
    @DisplayName("C2: the first page has no prev, the last no next")
    void linksAtTheEnds() {
        assertEquals(
                String.join(", ", entry(1, "first"), entry(2, "next"), entry(2, "last")),
                new Paging(1, 10).link(20, REQUEST));
        assertEquals(
                String.join(", ", entry(1, "first"), entry(1, "prev"), entry(2, "last")),
                new Paging(2, 10).link(20, REQUEST));
    }

    @Test
    @DisplayName("C2: past the end the link back goes to the last page")
    void linksBackFromBeyond() {
        assertEquals(
                String.join(", ", entry(1, "first"), entry(2, "prev"), entry(2, "last")),
                new Paging(9, 10).link(11, REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,1", "1,10", "2,0", "7,10"})
    @DisplayName("C2: there is no link when everything fits one page")
    void omitsLinks(int page, long total) {
        assertNull(new Paging(page, 10).link(total, REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"0,10", "-1,10", "1,0", "1,-5", "1,1001"})
    @DisplayName("C1: a page below 1, or a size outside 1 to 1000, is 400")
    void refuses(int page, int perPage) {
        ApiException e = assertThrows(ApiException.class, () -> new Paging(page, perPage));
        assertEquals(400, e.status());
        assertEquals("BAD_REQUEST", e.error());
    }

    @Test
    @DisplayName("C1: the edges are allowed, and the largest offset does not overflow")
    void allowsTheEdges() {
        assertEquals(0, new Paging(1, 1).offset());
        assertEquals(2_147_483_646_000L, new Paging(Integer.MAX_VALUE, 1000).offset());
    }
}
