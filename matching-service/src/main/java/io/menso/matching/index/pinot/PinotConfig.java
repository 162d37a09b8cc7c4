package io.menso.matching.index.pinot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where Pinot is and how patiently it is asked. Counts only with `menso.matching.index=pinot`.
@ConfigMapping(prefix = "menso.matching.pinot")
public interface PinotConfig {

    /// Addresses of Pinot's brokers; where one does not answer, the next is asked.
    @WithDefault("http://localhost:8099")
    List<URI> brokers();

    /// File with 32 bytes in Base64 that seal the vectors in Kafka and Pinot. The Pinot servers need the same.
    Optional<Path> keyFile();

    /// Pinot's table of templates.
    @WithDefault("templates")
    String table();

    /// Longest time for one query, after which the answer is 503. A larger value lets slow queries hold threads.
    @WithDefault("5s")
    Duration timeout();

    /// Longest time until a broker accepts a connection.
    @WithDefault("1s")
    Duration connectTimeout();

    /// Latest writes held in this process, with their vectors, until Pinot shows them. When more than so many
    /// wait for Pinot, searches answer 503. A larger value costs memory: about 4 bytes a number of each vector.
    @WithDefault("50000")
    int recentWrites();

    /// How long a write is held after Pinot first showed it: another replica of the segment may lag behind the
    /// one that was asked. A larger value covers slower replicas and holds more writes.
    @WithDefault("30s")
    Duration linger();

    /// Time between two looks at what Pinot shows of the latest writes.
    @WithDefault("500ms")
    Duration interval();

    /// Users that a query names one by one; larger galleries travel as a packed set, which costs Pinot a look at
    /// each template of the tenant.
    @WithDefault("50000")
    int namedUsers();

    /// Templates compared and published at a time by the back-fill; a larger page locks more faces for a moment.
    @WithDefault("500")
    int backfillPage();

    /// Events that may wait in the outbox while the back-fill goes on; a larger value delays events of live
    /// changes.
    @WithDefault("2000")
    int backfillQueue();
}
