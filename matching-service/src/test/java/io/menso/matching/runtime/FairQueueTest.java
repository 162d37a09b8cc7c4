package io.menso.matching.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.menso.commons.web.Tenant;
import io.menso.matching.runtime.FairQueue.Refusal;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Time is virtual here: a run takes what the test says.
@Timeout(60)
class FairQueueTest {

    private static final long QUANTUM = FairQueue.QUANTUM;
    private static final long LIGHT = 100_000;
    private static final long HEAVY = 5_000_000;
    private static final long SECOND = 1_000_000_000;

    private FairQueue queue(int threads) {
        return new FairQueue(new CpuSettings(threads, 8, 4), threads);
    }

    private static Optional<Tenant> tenant(String name) {
        return Optional.of(Tenant.of(name, "production"));
    }

    private static Job job(String tenant) {
        return job(tenant(tenant));
    }

    private static Job background() {
        return job(Optional.empty());
    }

    /// The queue looks at no more than whose it is.
    static Job job(Optional<Tenant> tenant) {
        List<Job> jobs = new ArrayList<>();
        Uni.createFrom()
                .<String>emitter(emitter -> jobs.add(new Job(tenant, 0, () -> "", emitter)))
                .subscribe()
                .with(_ -> {});
        return jobs.getFirst();
    }

    private static String name(Job job) {
        return job.tenant().map(Tenant::customer).orElse("background");
    }

    private static Share.Turn take(FairQueue queue) {
        return Objects.requireNonNull(queue.next(), "there is work");
    }

    private static Job jobOf(Share.Turn turn) {
        return (Job) turn.work();
    }

    private static List<String> serve(FairQueue queue, long nanos) {
        List<String> order = new ArrayList<>();
        for (Share.Turn turn = queue.next(); turn != null; turn = queue.next()) {
            order.add(name(jobOf(turn)));
            queue.finish(turn, nanos);
        }
        return order;
    }

    @Test
    void tenantsTakeTurnsAndEachIsServedInOrder() {
        FairQueue queue = queue(1);
        List<Job> first = Stream.generate(() -> job("a")).limit(3).toList();
        List<Job> second = Stream.generate(() -> job("b")).limit(3).toList();
        first.forEach(queue::add);
        second.forEach(queue::add);

        List<Job> order = new ArrayList<>();
        for (Share.Turn turn = queue.next(); turn != null; turn = queue.next()) {
            order.add(jobOf(turn));
            queue.finish(turn, QUANTUM);
        }

        assertThat(order)
                .containsExactly(first.get(0), second.get(0), first.get(1), second.get(1), first.get(2), second.get(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void heavyAndLightTenantsGetEqualTime(int threads) {
        Simulation simulation = new Simulation(queue(threads), threads);
        simulation.flood(tenant("heavy"), () -> HEAVY);
        simulation.flood(tenant("light"), () -> LIGHT);

        simulation.runFor(SECOND);

        long bound = 3 * QUANTUM + 4L * threads * HEAVY;
        assertThat(simulation.used(tenant("light"))).isCloseTo(simulation.used(tenant("heavy")), within(bound));
        assertThat(simulation.runs(tenant("light")))
                .as("a light search is a fiftieth of a heavy one")
                .isGreaterThan(30 * simulation.runs(tenant("heavy")));
    }

    @RepeatedTest(20)
    void noTwoTenantsEverDifferByMoreThanTheProvenBound(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int threads = 1 + random.nextInt(8);
        long longest = QUANTUM + random.nextInt(20_000_000);
        Simulation simulation = new Simulation(queue(threads), threads);
        List<Optional<Tenant>> tenants =
                IntStream.range(0, 4).mapToObj(i -> tenant("t" + i)).toList();
        tenants.forEach(tenant -> {
            long mean = 1 + random.nextLong(longest);
            simulation.flood(tenant, () -> random.nextInt(50) == 0 ? longest : 1 + random.nextLong(mean));
        });
        long bound = 3 * QUANTUM + 4L * threads * longest;

        for (int i = 1; i <= 500; i++) {
            simulation.runFor(SECOND / 100);
            long most = tenants.stream().mapToLong(simulation::used).max().orElseThrow();
            long least = tenants.stream().mapToLong(simulation::used).min().orElseThrow();
            assertThat(most - least).isLessThanOrEqualTo(bound);
        }
    }

    @Test
    void aTenantThatSendsOneSearchAtATimeDoesNotEscapeItsDebt() {
        Simulation simulation = new Simulation(queue(1), 1);
        simulation.flood(tenant("light"), () -> LIGHT);
        simulation.keep(tenant("heavy"), 1, () -> HEAVY);

        simulation.runFor(10 * SECOND);

        assertThat(simulation.used(tenant("heavy")))
                .isLessThanOrEqualTo(simulation.used(tenant("light")) + 3 * QUANTUM + 4 * HEAVY)
                .isGreaterThan(4 * SECOND);
    }

    @Test
    void aNewcomerIsServedBeforeTheNextOfAFlood() {
        FairQueue queue = queue(1);
        Stream.generate(() -> job("flood")).limit(3).forEach(queue::add);
        Share.Turn running = take(queue);

        queue.add(job("small"));
        queue.finish(running, HEAVY);

        assertThat(serve(queue, LIGHT)).containsExactly("small", "flood", "flood");
    }

    @Test
    void helpCountsForTheTenantWhomItHelps() {
        FairQueue queue = queue(2);
        queue.add(job("split"));
        Share.Turn caller = take(queue);
        queue.open(caller, new Split(1000, _ -> {}, caller.work()));
        int parts = 0;
        int others = 0;

        while (parts < 100) {
            queue.add(job("light"));
            Share.Turn turn = take(queue);
            boolean part = turn.work() instanceof Split.Part;
            queue.finish(turn, part ? HEAVY : LIGHT);
            parts += part ? 1 : 0;
            others += part ? 0 : 1;
        }

        assertThat(others * LIGHT).isCloseTo(parts * HEAVY, within(3 * QUANTUM + 4 * HEAVY));
    }

    @Test
    void aTenantMayNotHaveMoreWaitingThanItsLimit() {
        FairQueue queue = queue(1);
        Stream.generate(() -> job("a")).limit(4).forEach(queue::add);
        Job fifth = job("a");

        assertThat(queue.add(fifth)).contains(new Refusal(fifth, Limit.TENANT));
        assertThat(queue.add(job("b"))).isEmpty();
        assertThat(queue.waiting(false)).isEqualTo(5);
        assertThat(serve(queue, LIGHT)).containsExactlyInAnyOrder("a", "a", "a", "a", "b");
    }

    @Test
    void theLargestTenantGivesWayWhenAllPlacesAreTaken() {
        FairQueue queue = queue(1);
        List<Job> large = Stream.generate(() -> job("large")).limit(4).toList();
        large.forEach(queue::add);
        Stream.of("b", "b", "b", "c").map(FairQueueTest::job).forEach(queue::add);

        assertThat(queue.add(job("small"))).contains(new Refusal(large.getLast(), Limit.LARGEST));
        assertThat(queue.waiting(false)).isEqualTo(8);
        assertThat(serve(queue, LIGHT))
                .containsExactlyInAnyOrder("large", "large", "large", "b", "b", "b", "c", "small");
    }

    @Test
    void nobodyGivesWayToATenantThatHasAsManyWaiting() {
        FairQueue queue = queue(1);
        IntStream.range(0, 8).mapToObj(i -> job("t" + i)).forEach(queue::add);
        Job newcomer = job("new");
        Job second = job("t0");

        assertThat(queue.add(second)).contains(new Refusal(second, Limit.TOTAL));
        assertThat(queue.add(newcomer)).contains(new Refusal(newcomer, Limit.TOTAL));
        assertThat(queue.waiting(false)).isEqualTo(8);
    }

    @Test
    void theBackgroundHasALimitOfItsOwn() {
        FairQueue queue = queue(1);
        Stream.generate(FairQueueTest::background).limit(4).forEach(queue::add);
        IntStream.range(0, 8).mapToObj(i -> job("t" + i)).forEach(queue::add);
        Job fifth = background();

        assertThat(queue.add(fifth)).contains(new Refusal(fifth, Limit.BACKGROUND));
        assertThat(queue.waiting(true)).isEqualTo(4);
        assertThat(queue.waiting(false)).isEqualTo(8);
    }

    @Test
    void theBackgroundGetsASmallPartWhileRequestsWantAllAndAllWhenTheyWantNothing() {
        Simulation simulation = new Simulation(queue(1), 1);
        simulation.flood(Optional.empty(), () -> HEAVY);
        simulation.runFor(SECOND);
        long alone = simulation.used(Optional.empty());
        simulation.flood(tenant("a"), () -> LIGHT);
        simulation.runFor(10 * SECOND);
        long beside = simulation.used(Optional.empty()) - alone;

        assertThat(alone).isEqualTo(SECOND);
        assertThat((double) beside / simulation.used(tenant("a")))
                .isCloseTo(1.0 / FairQueue.BACKGROUND_PART, withPercentage(5));
    }

    @Test
    void theBackgroundLeavesAThreadToRequests() {
        FairQueue queue = queue(3);
        Stream.generate(FairQueueTest::background).limit(4).forEach(queue::add);

        List<Share.Turn> running = Stream.of(take(queue), take(queue)).toList();
        assertThat(queue.next()).isNull();
        queue.add(job("a"));

        assertThat(name(jobOf(take(queue)))).isEqualTo("a");
        assertThat(queue.next()).isNull();
        queue.finish(running.getFirst(), HEAVY);
        assertThat(name(jobOf(take(queue)))).isEqualTo("background");
    }

    @Test
    void whatIsTakenBackDoesNotRun() {
        FairQueue queue = queue(1);
        List<Job> jobs = Stream.of("a", "a", "b").map(FairQueueTest::job).toList();
        jobs.forEach(queue::add);

        queue.remove(jobs.get(1));
        queue.remove(jobs.get(1));
        queue.remove(job("stranger"));

        assertThat(queue.waiting(false)).isEqualTo(2);
        assertThat(serve(queue, LIGHT)).containsExactly("a", "b");
    }

    @Test
    void nothingStaysOfTenThousandTenants() {
        FairQueue queue = new FairQueue(new CpuSettings(2, 20_000, 4), 2);
        IntStream.range(0, 10_000).mapToObj(i -> job("t" + i)).forEach(queue::add);
        assertThat(queue.tenants()).isEqualTo(10_000);

        assertThat(serve(queue, HEAVY)).hasSize(10_000).doesNotHaveDuplicates();

        assertThat(queue.tenants()).isZero();
        assertThat(queue.waiting(false)).isZero();
    }

    @Test
    void tenantsAreForgottenWhileOthersKeepThePoolBusy() {
        FairQueue queue = queue(1);
        int most = 0;
        Stream.generate(() -> job("busy")).limit(4).forEach(queue::add);
        for (int i = 0; i < 10_000; i++) {
            queue.add(job("busy"));
            queue.add(job("t" + i));
            queue.finish(take(queue), LIGHT / 2);
            queue.finish(take(queue), LIGHT / 2);
            most = Math.max(most, queue.tenants());
        }

        assertThat(queue.waiting(false)).isPositive();
        assertThat(most).as("those who wait, and few besides").isLessThanOrEqualTo(10);
    }

    @Test
    void drainingLeavesNothing() {
        FairQueue queue = queue(1);
        List<Job> jobs = List.of(job("a"), job("b"), background());
        jobs.forEach(queue::add);

        assertThat(queue.drain()).containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(queue.next()).isNull();
        assertThat(queue.tenants()).isZero();
    }

    private static Offset<Long> within(long nanos) {
        return Offset.offset(nanos);
    }
}
