package io.menso.matching.index;

import io.menso.commons.web.Tenant;
import io.menso.matching.face.StoredTemplate;
import io.menso.matching.face.TemplateReader;
import io.menso.matching.face.TemplateReader.Position;
import io.menso.matching.index.pinot.PinotIndex;
import io.menso.matching.index.pinot.PinotLoader;
import io.menso.matching.runtime.CpuPool;
import io.menso.matching.tenantkey.TemplateCipher;
import io.menso.matching.tenantkey.TenantKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Fills the index at the start, from files and the database or from the database alone, page by page. The service
/// is ready, and searches, only afterwards: an answer from half an index would call known people strangers.
@ApplicationScoped
public class IndexLoader {

    private static final Logger LOG = Logger.getLogger(IndexLoader.class);
    private static final Duration REST = Duration.ofSeconds(1);

    private final VectorIndex index;
    private final IndexKeeper keeper;
    private final TemplateReader templates;
    private final TenantKeys keys;
    private final CpuPool cpu;
    private final IndexConfig config;
    private final Instance<PinotIndex> pinot;
    private final Instance<PinotLoader> pinotLoader;
    private final RestartLoader restart;
    private volatile boolean running = true;
    private volatile boolean loaded;

    @Inject
    public IndexLoader(
            VectorIndex index,
            IndexKeeper keeper,
            TemplateReader templates,
            TenantKeys keys,
            CpuPool cpu,
            IndexConfig config,
            Instance<PinotIndex> pinot,
            Instance<PinotLoader> pinotLoader,
            RestartLoader restart) {
        this.index = index;
        this.keeper = keeper;
        this.templates = templates;
        this.keys = keys;
        this.cpu = cpu;
        this.config = config;
        this.pinot = pinot;
        this.pinotLoader = pinotLoader;
        this.restart = restart;
    }

    void start(@Observes StartupEvent event) {
        reload();
    }

    /// Loads anew while the service is not ready, from a thread of its own.
    public void reload() {
        loaded = false;
        Thread thread = new Thread(this::loadPatiently, "index-loader");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        running = false;
    }

    public boolean isLoaded() {
        return loaded;
    }

    /// Brings the whole index to what the database says. Blocks; not for an event loop.
    public void rebuild() {
        loaded = false;
        long start = System.nanoTime();
        long count = switch (config.engine()) {
            case LOCAL -> fill();
            case PINOT -> compareAll();
        };
        loaded = running;
        LOG.infof("index loaded: templates=%d millis=%d", count, (System.nanoTime() - start) / 1_000_000);
    }

    /// Files that the index kept are faster than the database.
    ///
    /// @return how many templates the index has
    private long fill() {
        return index instanceof KeptIndex kept && !kept.kept().isEmpty()
                ? restart.restore(kept, this::load, () -> running)
                : readAll();
    }

    /// Forgets the index and reads all templates again.
    ///
    /// @return how many
    private long readAll() {
        index.clear();
        long count = 0;
        List<StoredTemplate> page;
        Position position = TemplateReader.START;
        do {
            IndexKeeper.Marks marks = keeper.marks();
            Position after = position;
            page = await(() -> templates.page(after, config.loadPage()));
            load(marks, page);
            count += page.size();
            position = page.isEmpty() ? position : Position.of(page.getLast());
        } while (running && page.size() == config.loadPage());
        return count;
    }

    /// Pinot keeps its rows over restarts of this service; what it lacks is published.
    ///
    /// @return templates published
    private long compareAll() {
        pinot.get().clearOverrun();
        return pinotLoader.get().fill(() -> running);
    }

    private void loadPatiently() {
        while (running && !loaded) {
            try {
                rebuild();
            } catch (RuntimeException e) {
                LOG.warnf("index cannot be loaded yet: reason=%s", e.toString());
                LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    private void load(IndexKeeper.Marks marks, List<StoredTemplate> page) {
        Map<Tenant, TemplateCipher> ciphers = new HashMap<>();
        for (StoredTemplate stored : page) {
            ciphers.computeIfAbsent(stored.tenant(), _ -> await(() -> keys.of(stored.tenant())));
        }
        await(() -> cpu.runInBackground(() -> keeper.add(marks, open(ciphers, page))))
                .forEach(stored -> await(() -> keeper.refresh(stored.tenant(), stored.user())));
    }

    private static Map<StoredTemplate, IndexKeeper.Opened> open(
            Map<Tenant, TemplateCipher> ciphers, List<StoredTemplate> page) {
        Map<StoredTemplate, IndexKeeper.Opened> opened = new LinkedHashMap<>();
        for (StoredTemplate stored : page) {
            TemplateCipher cipher = Objects.requireNonNull(ciphers.get(stored.tenant()));
            try {
                opened.put(stored, IndexKeeper.open(cipher, stored));
            } catch (IllegalStateException e) {
                LOG.errorf("template cannot be opened: tenant=%s user=%s", stored.tenant(), stored.user());
            }
        }
        return opened;
    }

    static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
