package io.menso.matching.index.pinot;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.commons.web.Tenant;
import io.menso.matching.face.TemplateCensus;
import io.menso.matching.face.TemplateCensus.Count;
import io.menso.matching.face.TemplateCensus.Known;
import io.menso.matching.face.TemplateKey;
import io.menso.matching.face.TemplateRepeater;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Makes sure that Pinot has what the database has, and publishes what it lacks. All methods block.
///
/// Tenants are compared by counts first, only those that differ template by template; what Pinot has already is
/// never published, so a back-fill that was cut off goes on where it was. Changes made while it runs are left to
/// their own events: it looks at versions up to the one at its beginning.
@ApplicationScoped
public class PinotLoader {

    private static final Logger LOG = Logger.getLogger(PinotLoader.class);
    /// Pinot that shows nothing new for so long is not about to show what is missing.
    private static final Duration CALM = Duration.ofSeconds(3);
    /// Under constant change the counts may never agree; so often it is asked whether anything is really missing.
    private static final Duration IMPATIENCE = Duration.ofSeconds(15);
    private static final Duration REST = Duration.ofMillis(250);

    private final PinotBroker broker;
    private final PinotConfig config;
    private final PinotSql sql;
    private final TemplateCensus census;
    private final TemplateRepeater repeater;

    @Inject
    public PinotLoader(PinotBroker broker, PinotConfig config, TemplateCensus census, TemplateRepeater repeater) {
        this.broker = broker;
        this.config = config;
        this.sql = new PinotSql(config.table(), config.namedUsers());
        this.census = census;
        this.repeater = repeater;
    }

    /// Returns once Pinot shows every template that there was when it was called, or when it should stop.
    ///
    /// @return templates published
    public long fill(BooleanSupplier running) {
        long upTo = await(census::lastVersion);
        Map<Tenant, Count> inDatabase = await(() -> census.count(upTo));
        Map<Tenant, Count> inPinot = pinot(upTo);
        Set<Tenant> open = differing(inDatabase, inPinot);
        Set<TemplateKey> unreadable = new HashSet<>();
        long published = 0;
        long changed = System.nanoTime();
        long looked = changed;
        while (running.getAsBoolean() && !open.isEmpty()) {
            boolean calm = isPast(changed, CALM) && await(repeater::waiting) == 0;
            if (calm || isPast(looked, IMPATIENCE)) {
                long missing = missing(open, upTo, calm, unreadable, running);
                published += calm ? missing : 0;
                changed = System.nanoTime();
                looked = changed;
                if (missing == 0) {
                    return published;
                }
            }
            LockSupport.parkNanos(REST.toNanos());
            Map<Tenant, Count> before = inPinot;
            inPinot = pinot(upTo);
            Set<Tenant> asked = Set.copyOf(open);
            open = differing(await(() -> census.count(upTo, asked)), inPinot);
            changed = inPinot.equals(before) ? changed : System.nanoTime();
        }
        return published;
    }

    /// Publishes that templates are gone which Pinot still has and the database has not: after changes that were
    /// made while another index was in use.
    ///
    /// @return templates of which that was said
    public long purge(BooleanSupplier running) {
        long upTo = await(census::lastVersion);
        Map<Tenant, Count> inDatabase = await(() -> census.count(upTo));
        Map<Tenant, Count> inPinot = pinot(upTo);
        long gone = 0;
        for (Tenant tenant : inPinot.keySet()) {
            if (running.getAsBoolean() && !inPinot.get(tenant).equals(inDatabase.get(tenant))) {
                gone += purge(tenant, running);
            }
        }
        return gone;
    }

    private static Set<Tenant> differing(Map<Tenant, Count> wanted, Map<Tenant, Count> there) {
        return wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(there.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Map<Tenant, Count> pinot(long upTo) {
        Map<Tenant, Count> counts = new HashMap<>();
        for (JsonNode row : broker.query(sql.census(upTo, TemplateCensus.MODULUS))) {
            counts.put(
                    tenant(row.get(0).asText()),
                    new Count(row.get(1).asLong(), Math.round(row.get(2).asDouble())));
        }
        return counts;
    }

    /// @param unreadable those that cannot be published; more are added
    /// @return templates up to a version that Pinot lacks or has in an older version, without the unreadable
    private long missing(
            Collection<Tenant> tenants,
            long upTo,
            boolean publish,
            Set<TemplateKey> unreadable,
            BooleanSupplier running) {
        long missing = 0;
        for (Tenant tenant : tenants) {
            Known position = Known.START;
            List<Known> page;
            do {
                Known after = position;
                page = await(() -> census.page(tenant, after, config.backfillPage()));
                Set<TemplateKey> lacking = lacking(tenant, page, upTo);
                lacking.removeAll(unreadable);
                if (publish && !lacking.isEmpty()) {
                    unreadable.addAll(publish(tenant, lacking, running));
                    lacking.removeAll(unreadable);
                }
                missing += lacking.size();
                position = page.isEmpty() ? position : page.getLast();
            } while (running.getAsBoolean() && page.size() == config.backfillPage());
        }
        return missing;
    }

    private Set<TemplateKey> lacking(Tenant tenant, List<Known> page, long upTo) {
        List<Known> wanted = page.stream().filter(one -> one.version() <= upTo).toList();
        if (wanted.isEmpty()) {
            return new HashSet<>();
        }
        Set<UUID> users = wanted.stream().map(Known::user).collect(Collectors.toSet());
        Map<TemplateKey, Long> there = new HashMap<>();
        for (JsonNode row : broker.query(sql.versions(tenant, users))) {
            Known known = known(row);
            there.merge(key(tenant, known), known.version(), Math::max);
        }
        return wanted.stream()
                .filter(one -> there.getOrDefault(key(tenant, one), 0L) < one.version())
                .map(one -> key(tenant, one))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// @return those that could not be published
    private Set<TemplateKey> publish(Tenant tenant, Set<TemplateKey> lacking, BooleanSupplier running) {
        while (running.getAsBoolean() && await(repeater::waiting) > config.backfillQueue()) {
            LockSupport.parkNanos(REST.toNanos());
        }
        Set<UUID> users = lacking.stream().map(TemplateKey::userId).collect(Collectors.toSet());
        Set<TemplateKey> published = await(() -> repeater.repeat(tenant, users));
        LOG.debugf("back-fill: tenant=%s templates=%d", tenant, published.size());
        return lacking.stream().filter(key -> !published.contains(key)).collect(Collectors.toSet());
    }

    private static TemplateKey key(Tenant tenant, Known known) {
        return new TemplateKey(tenant.id(), known.user(), known.revision());
    }

    private long purge(Tenant tenant, BooleanSupplier running) {
        long gone = 0;
        UUID position = Known.START.user();
        List<Known> page;
        do {
            page = page(tenant, position);
            Map<UUID, Set<String>> stale = stale(tenant, page);
            stale.forEach((user, revisions) -> await(() -> repeater.bury(tenant, user, revisions)));
            gone += stale.size();
            position = page.isEmpty() ? position : page.getLast().user();
        } while (running.getAsBoolean() && !page.isEmpty());
        return gone;
    }

    /// The last user of a full page is left to the next one: not all revisions may be here.
    private List<Known> page(Tenant tenant, UUID after) {
        int limit = config.backfillPage();
        List<Known> page = broker.query(sql.page(tenant, after, limit)).stream()
                .map(PinotLoader::known)
                .toList();
        UUID last = page.isEmpty() ? after : page.getLast().user();
        List<Known> whole =
                page.stream().filter(one -> !one.user().equals(last)).toList();
        return page.size() < limit || whole.isEmpty() ? page : whole;
    }

    private Map<UUID, Set<String>> stale(Tenant tenant, List<Known> page) {
        Set<UUID> users = page.stream().map(Known::user).collect(Collectors.toSet());
        Set<TemplateKey> existing = await(() -> census.ofUsers(tenant, users)).stream()
                .map(one -> key(tenant, one))
                .collect(Collectors.toSet());
        Map<UUID, Set<String>> stale = new LinkedHashMap<>();
        page.stream()
                .filter(one -> !existing.contains(key(tenant, one)))
                .forEach(one ->
                        stale.computeIfAbsent(one.user(), _ -> new HashSet<>()).add(one.revision()));
        return stale;
    }

    private static Known known(JsonNode row) {
        return new Known(
                UUID.fromString(row.get(0).asText()),
                row.get(1).asText(),
                row.get(2).asLong());
    }

    private static Tenant tenant(String id) {
        int slash = id.lastIndexOf('/');
        return Tenant.of(id.substring(0, slash), id.substring(slash + 1));
    }

    private static boolean isPast(long start, Duration time) {
        return System.nanoTime() - start > time.toNanos();
    }

    private static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
