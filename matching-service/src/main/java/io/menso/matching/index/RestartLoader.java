package io.menso.matching.index;

import io.menso.commons.web.Tenant;
import io.menso.matching.face.StoredTemplate;
import io.menso.matching.face.TemplateReader;
import io.menso.matching.face.TemplateReader.Position;
import io.menso.matching.face.TemplateVersions;
import io.menso.matching.tenantkey.TenantKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// Brings what an index kept in files to what the database says: rows that both have in the same version are
/// shown, those that only the database has are read from it, all others are wiped.
@ApplicationScoped
public class RestartLoader {

    private static final Logger LOG = Logger.getLogger(RestartLoader.class);
    /// 12 MB.
    private static final int PAGE = 500_000;
    /// All processors: before the index is there, nothing else is served.
    private static final Splitter PROCESSORS =
            (parts, part) -> IntStream.range(0, parts).parallel().forEach(part);

    private final TemplateVersions versions;
    private final TemplateReader templates;
    private final TenantKeys keys;
    private final IndexKeeper keeper;
    private final IndexConfig config;

    @Inject
    public RestartLoader(
            TemplateVersions versions,
            TemplateReader templates,
            TenantKeys keys,
            IndexKeeper keeper,
            IndexConfig config) {
        this.versions = versions;
        this.templates = templates;
        this.keys = keys;
        this.keeper = keeper;
        this.config = config;
    }

    /// Blocks; not for an event loop. When it fails, nothing of the files is shown and it can be tried again.
    ///
    /// @param load    puts templates, read after the marks were taken, into the index
    /// @param running whether to go on
    /// @return how many templates the index has
    long restore(KeptIndex index, BiConsumer<IndexKeeper.Marks, List<StoredTemplate>> load, BooleanSupplier running) {
        index.kept().forEach(tenant -> IndexLoader.await(() -> keys.find(tenant)));
        long highest = index.readKept(PROCESSORS);
        if (highest > IndexLoader.await(versions::last)) {
            LOG.warn("index files are not used: reason=the database is older, as after a restore");
            index.clear();
        }
        long missing = 0;
        Position position = TemplateReader.START;
        while (position != null && running.getAsBoolean()) {
            Position after = position;
            TemplateVersions.Page page = IndexLoader.await(() -> versions.page(after, PAGE));
            for (Map.Entry<Space, Versions> known : page.spaces().entrySet()) {
                List<UUID> users = index.confirm(known.getKey(), known.getValue());
                readMissing(known.getKey().tenant(), users, load);
                missing += users.size();
            }
            position = page.last().orElse(null);
        }
        long found = running.getAsBoolean() ? index.showConfirmed() : 0;
        LOG.infof("index files compared: templates=%d read-anew=%d", found, missing);
        return found;
    }

    private void readMissing(
            Tenant tenant, List<UUID> users, BiConsumer<IndexKeeper.Marks, List<StoredTemplate>> load) {
        for (int from = 0; from < users.size(); from += config.loadPage()) {
            List<UUID> some = users.subList(from, Math.min(users.size(), from + config.loadPage()));
            IndexKeeper.Marks marks = keeper.marks();
            load.accept(marks, IndexLoader.await(() -> templates.ofUsers(tenant, some)));
        }
    }
}
