package io.menso.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PicturesTest {

    @Test
    void holdSeveralPicturesOfEachOfSeveralPersons() {
        var persons = Pictures.byPerson();

        assertThat(persons).hasSizeGreaterThanOrEqualTo(3);
        assertThat(persons.values()).allSatisfy(pictures -> assertThat(pictures).hasSizeGreaterThanOrEqualTo(3));
    }
}
