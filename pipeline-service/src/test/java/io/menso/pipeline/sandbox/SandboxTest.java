package io.menso.pipeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.ApiException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxTest {

    private static final String TENANT = "acme/production";
    private static final String LOOP = "async () => { for (;;); }";
    private static final String WAIT = "async (api) => { await api.get('/v3/models'); return 1 }";

    @Test
    @DisplayName("G7: all limits have the documented defaults")
    void hasDefaults() {
        SandboxConfig config = SandboxFixture.config(Map.of());
        assertThat(config.cpuMillis()).isEqualTo(250);
        assertThat(config.wallMillis()).isEqualTo(30_000);
        assertThat(config.memoryMib()).isEqualTo(32);
        assertThat(config.calls()).isEqualTo(32);
        assertThat(config.atOnce()).isEqualTo(8);
        assertThat(config.nesting()).isEqualTo(4);
        assertThat(config.resultBytes()).isEqualTo(1 << 20);
        assertThat(config.sourceBytes()).isEqualTo(64 << 10);
        assertThat(config.queue()).isEqualTo(64);
        assertThat(config.queueMillis()).isEqualTo(5_000);
        assertThat(config.live()).isEqualTo(32);
        assertThat(config.largeAtOnce()).isEqualTo(4);
        assertThat(config.smallMib()).isEqualTo(3);
        assertThat(config.workers()).isEmpty();
    }

    @Test
    @DisplayName("G7: memory beyond the limit is an out of memory that the script may even catch")
    void limitsMemory() {
        try (SandboxFixture fixture = new SandboxFixture(Map.of("menso.pipeline.sandbox.cpu-millis", "60000"))) {
            assertThat(fixture.run("async () => { const a = []; for (;;) a.push(new Array(1e6).fill(1)) }"))
                    .endsWith("out of memory");
            assertThat(fixture.run("async () => { try { new ArrayBuffer(4e7) } catch (e) { return 'caught' } }"))
                    .isEqualTo("OK \"caught\"");
            assertThat(fixture.run("async () => new ArrayBuffer(2e7).byteLength"))
                    .isEqualTo("OK 20000000");
        }
    }

    @Test
    @DisplayName("G7: the wall clock ends a script that waits, and one that runs")
    void limitsWallTime() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Map<String, String> settings =
                Map.of("menso.pipeline.sandbox.wall-millis", "300", "menso.pipeline.sandbox.cpu-millis", "60000");
        try (SandboxFixture fixture = new SandboxFixture(settings).answering(_ -> never)) {
            assertThat(fixture.run("async (api) => {\n  await api.get('/v3/models');\n}"))
                    .matches("pipeline\\.js:2:[0-9]+: more than 300 ms");
            assertThat(fixture.run(LOOP)).isEqualTo("pipeline.js:1:15: more than 300 ms");
        }
    }

    @Test
    @DisplayName("G7: waiting for calls costs no CPU time and no thread")
    void waitsForFree() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        try (SandboxFixture fixture = new SandboxFixture(Map.of()).answering(_ -> gate)) {
            List<CompletableFuture<String>> waiting = IntStream.range(0, 8)
                    .mapToObj(_ -> fixture.start(TENANT, Job.Lane.OWN, WAIT))
                    .toList();
            while (fixture.calls.size() < 8) {
                Thread.onSpinWait();
            }
            assertThat(SandboxFixture.describe(fixture.start("other/production", Job.Lane.OWN, "async () => 2")))
                    .isEqualTo("OK 2");
            gate.complete("{}");
            assertThat(waiting)
                    .allSatisfy(one -> assertThat(SandboxFixture.describe(one)).isEqualTo("OK 1"));
        }
    }

    @Test
    @DisplayName("G7: nested executions share the CPU time of the first")
    void sharesCpuTime() {
        try (SandboxFixture fixture = new SandboxFixture(Map.of())) {
            Budget budget = new Budget(fixture.config);
            assertThat(SandboxFixture.describe(fixture.start(TENANT, Job.Lane.OWN, LOOP, budget)))
                    .contains("CPU time");
            assertThat(budget.cpuLeft()).isNegative();
            assertThat(SandboxFixture.describe(fixture.start(
                            TENANT, Job.Lane.OWN, "async () => { for (let i = 0; i < 1e9; i++); }", budget)))
                    .contains("CPU time");
        }
    }

    @Test
    @DisplayName("G7: no more than so many at once; the rest waits, and beyond the queue it is 503")
    void limitsConcurrency() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        Map<String, String> settings =
                Map.of("menso.pipeline.sandbox.at-once", "2", "menso.pipeline.sandbox.queue", "1");
        try (SandboxFixture fixture = new SandboxFixture(settings).answering(_ -> gate)) {
            CompletableFuture<String> first = fixture.start(TENANT, Job.Lane.OWN, WAIT);
            CompletableFuture<String> second = fixture.start(TENANT, Job.Lane.OWN, WAIT);
            CompletableFuture<String> queued = fixture.start(TENANT, Job.Lane.OWN, WAIT);
            CompletableFuture<String> refused = fixture.start(TENANT, Job.Lane.OWN, WAIT);
            CompletableFuture<String> builtIn = fixture.start(TENANT, Job.Lane.BUILT_IN, "async () => 3");
            CompletableFuture<String> other = fixture.start("other/production", Job.Lane.OWN, "async () => 4");

            assertThat(refused.handle((_, failure) -> failure).join())
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            busy -> assertThat(busy.headers()).containsKey("Retry-After"));
            assertThat(SandboxFixture.describe(builtIn)).isEqualTo("OK 3");
            assertThat(SandboxFixture.describe(other)).isEqualTo("OK 4");
            assertThat(queued).isNotDone();
            gate.complete("{}");
            assertThat(List.of(first, second, queued))
                    .allSatisfy(one -> assertThat(SandboxFixture.describe(one)).isEqualTo("OK 1"));
        }
    }

    @Test
    @DisplayName("G7: one tenant cannot keep the memory of all large scripts")
    void limitsLargeScripts() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        String large = "async (api) => { const a = new Uint8Array(8e6); await api.get('/v3/models'); return a.length }";
        Map<String, String> settings = Map.of("menso.pipeline.sandbox.large-at-once", "2");
        try (SandboxFixture fixture = new SandboxFixture(settings).answering(_ -> gate)) {
            CompletableFuture<String> kept = fixture.start(TENANT, Job.Lane.OWN, large);
            while (fixture.calls.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(SandboxFixture.describe(
                            fixture.start(TENANT, Job.Lane.OWN, "async () => new Uint8Array(8e6).length")))
                    .isEqualTo("OK 8000000");
            CompletableFuture<String> other = fixture.start("other/production", Job.Lane.OWN, large);
            CompletableFuture<String> tooMany = fixture.start(TENANT, Job.Lane.OWN, large);
            assertThat(tooMany.handle((_, failure) -> failure).join()).isInstanceOf(ApiException.class);
            gate.complete("{}");
            assertThat(SandboxFixture.describe(kept)).isEqualTo("OK 8000000");
            assertThat(SandboxFixture.describe(other)).isEqualTo("OK 8000000");
        }
    }

    @Test
    @DisplayName("Calls arrive as the script made them, and their failures as they were made")
    void handsOverCalls() {
        try (SandboxFixture fixture = new SandboxFixture(Map.of())) {
            fixture.run("async (api, body) => api.post('/v3/é', body.slice(1), {a: [1]})");
            fixture.run("async (api, body) => api.put('/v3/x', {b: null})");
            assertThat(fixture.calls)
                    .containsExactly(
                            new Job.Call("post", "/v3/é", "", "1", "{\"a\":[1]}"),
                            new Job.Call("put", "/v3/x", "{\"b\":null}", "", ""));
        }
        ApiException refusal = new ApiException(422, "MOVE_LEFT", "left");
        try (SandboxFixture fixture =
                new SandboxFixture(Map.of()).answering(_ -> CompletableFuture.failedFuture(refusal))) {
            CompletableFuture<String> outcome = fixture.start(TENANT, Job.Lane.OWN, WAIT);
            assertThat(outcome.handle((_, failure) -> failure).join()).isSameAs(refusal);
        }
    }

    @ParameterizedTest
    @DisplayName("G2: parameters are counted as declared")
    @CsvSource(
            delimiter = '|',
            value = {
                "async()=>1|0",
                "async x=>x|1",
                "async (a)=>1|1",
                "async (a,)=>1|1",
                "async(a,b=(1,2),{c,d},...e)=>1|4",
                "async function (a, b) {}|2",
                "async function f(/* , */ a /* , */) {}|1",
                "async (a = ',', b = `${','}`)=>1|2",
                "async (a = /[/,)]/, b)=>1|2",
                "async (a = 4 / 2, b = 6 / 3) => 1|2",
                "async /* (x, y) */ (a) => 1|1"
            })
    void countsParameters(String function, int expected) {
        assertThat(Parameters.count(function.replace("\\n", "\n"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @DisplayName("Positions are those of the source, also on the line where the function starts")
    @CsvSource(
            delimiter = '|',
            value = {
                "async()=>1|<input>:1:9|pipeline.js:1:7", "// a\\n  async()=>1|<input>:2:9|pipeline.js:2:7",
                "// a\\nasync()=>\\n        1|<input>:3:9|pipeline.js:3:9", "async()=>1|nothing|pipeline.js:1:1"
            })
    void findsPositions(String source, String stack, String expected) {
        assertThat(Script.of(source.replace("\\n", "\n")).position(stack)).isEqualTo(expected);
    }
}
