package io.menso.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.ApiException;
import io.vertx.core.Future;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyCacheTest {

    private static final Optional<CallerKey> A = Optional.of(FakeKeys.key("a", Optional.empty()));

    private final FakeKeys keys = new FakeKeys();

    @Test
    @DisplayName("A9: without heartbeats each request asks")
    void withoutHeartbeatsEachRequestAsks() {
        keys.find("a", A);
        keys.find("a", A);

        assertThat(keys.count).isEqualTo(2);
    }

    @Test
    @DisplayName("A9: with heartbeats a key is asked for once")
    void withHeartbeatsAKeyIsAskedForOnce() {
        keys.cache.beat(0);

        assertThat(keys.find("a", A)).isEqualTo(A);
        assertThat(keys.find("a", Optional.empty())).isEqualTo(A);
        assertThat(keys.count).isEqualTo(1);
    }

    @Test
    @DisplayName("A9: a silence of one second ends the use of what is remembered, just under it does not")
    void aSilenceOfOneSecondEndsTheUse() {
        keys.cache.beat(0);
        keys.find("a", A);

        keys.pass(999);
        assertThat(keys.find("a", Optional.empty())).isEqualTo(A);
        keys.pass(1);
        assertThat(keys.find("a", Optional.empty())).isEmpty();
    }

    @Test
    @DisplayName("A9: what was remembered before a silence is not used after it")
    void nothingSurvivesASilence() {
        keys.cache.beat(0);
        keys.find("a", A);
        keys.pass(1000);

        keys.cache.beat(0);

        assertThat(keys.find("a", Optional.empty())).isEmpty();
    }

    @Test
    @DisplayName("A9: a change makes the next request ask")
    void aChangeMakesTheNextRequestAsk() {
        keys.cache.beat(0);
        keys.find("a", A);

        keys.cache.forget("a");

        assertThat(keys.find("a", Optional.empty())).isEmpty();
    }

    @Test
    @DisplayName("A9: an answer that a change overtook is not remembered")
    void anOvertakenAnswerIsNotRemembered() {
        keys.cache.beat(0);
        Future<Optional<CallerKey>> early = keys.cache.find("a");
        keys.cache.forget("a");
        keys.asked.remove().complete(A);

        assertThat(early.result()).isEqualTo(A);
        assertThat(keys.find("a", Optional.empty())).isEmpty();
    }

    @Test
    @DisplayName("A9: who asks after a change does not join a look-up from before it")
    void nobodyJoinsAnOldLookup() {
        keys.cache.beat(0);
        keys.cache.find("a");
        keys.cache.forget("a");
        Future<Optional<CallerKey>> late = keys.cache.find("a");

        keys.asked.removeLast().complete(Optional.empty());
        keys.asked.removeFirst().complete(A);

        assertThat(late.result()).isEmpty();
    }

    @Test
    @DisplayName("A9, D12: the keys of a changed device are forgotten, others are not")
    void theKeysOfADeviceAreForgotten() {
        Optional<CallerKey> tablet = Optional.of(FakeKeys.key("t", Optional.of("d1")));
        keys.cache.beat(0);
        keys.find("a", A);
        keys.find("t", tablet);

        keys.cache.forgetDevice("d1");

        assertThat(keys.find("a", Optional.empty())).isEqualTo(A);
        assertThat(keys.find("t", Optional.empty())).isEmpty();
    }

    @Test
    @DisplayName("a key id is looked up once at a time")
    void oneLookupAtATime() {
        Future<Optional<CallerKey>> first = keys.cache.find("a");
        Future<Optional<CallerKey>> second = keys.cache.find("a");
        keys.asked.remove().complete(A);

        assertThat(keys.count).isEqualTo(1);
        assertThat(first.result()).isEqualTo(A);
        assertThat(second.result()).isEqualTo(A);
    }

    @Test
    @DisplayName("an unknown key is remembered as unknown until it changes")
    void anUnknownKeyIsRemembered() {
        keys.find("a", Optional.empty());
        assertThat(keys.find("a", A)).isEmpty();

        keys.cache.forget("a");

        assertThat(keys.find("a", A)).isEqualTo(A);
    }

    @Test
    @DisplayName("forged key ids fill their own share of look-ups, not that of keys that signed before")
    void forgedKeyIdsFillTheirOwnShare() {
        keys.cache.trust("a");
        keys.cache.find("x1");
        keys.cache.find("x2");

        Future<Optional<CallerKey>> waiting = keys.cache.find("x3");
        Future<Optional<CallerKey>> good = keys.cache.find("a");

        assertThat(waiting.isComplete()).isFalse();
        assertThat(keys.count).isEqualTo(3);
        keys.asked.removeLast().complete(A);
        assertThat(good.result()).isEqualTo(A);
        assertThat(keys.count).isEqualTo(3);
        keys.asked.remove().complete(Optional.empty());
        assertThat(keys.count).isEqualTo(4);
        keys.asked.removeLast().complete(Optional.empty());
        assertThat(waiting.result()).isEmpty();
    }

    @Test
    @DisplayName("when more wait for a look-up than ever should, the rest is 503")
    void aFloodOfForgedKeyIdsIsRefused() {
        for (int i = 0; i < 2 + LookupShare.MOST_WAITING; i++) {
            keys.cache.find("x" + i);
        }

        Future<Optional<CallerKey>> refused = keys.cache.find("y");

        assertThat(((ApiException) refused.cause()).status()).isEqualTo(503);
        assertThat(keys.count).isEqualTo(2);
    }

    @Test
    @DisplayName("A9: the second counts from when a heartbeat was sent, not from when it arrived")
    void theAgeOfAHeartbeatCounts() {
        keys.cache.beat(600);
        keys.find("a", A);

        keys.pass(399);
        assertThat(keys.find("a", Optional.empty())).isEqualTo(A);
        keys.pass(1);
        assertThat(keys.find("a", Optional.empty())).isEmpty();
    }

    @Test
    @DisplayName("A9: a failed look-up is told to all who wait and leaves nothing behind")
    void aFailedLookupLeavesNothingBehind() {
        keys.cache.beat(0);
        Future<Optional<CallerKey>> first = keys.cache.find("a");
        keys.asked.remove().fail(ApiException.unavailable("x"));

        assertThat(first.failed()).isTrue();
        assertThat(keys.find("a", A)).isEqualTo(A);
    }

    @Test
    @DisplayName("a key never shows its secret")
    void aKeyNeverShowsItsSecret() {
        assertThat(A.orElseThrow().toString()).isEqualTo("CallerKey[kid=a]");
    }
}
