package io.menso.matching.index;

import io.menso.commons.web.Tenant;
import io.menso.matching.face.StoredTemplate;
import io.menso.matching.face.TemplateReader;
import io.menso.matching.tenantkey.TemplateCipher;
import io.menso.matching.tenantkey.TenantKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;

/// Makes the index say what the database says.
///
/// Whoever changed a face asks for a refresh after the commit. What was read is applied only if nobody applied
/// anything to the same stripe of users since before the read; otherwise it is read again. So the last word on
/// a user is always a state at least as new as each commit whose refresh has ended, and an erased face cannot
/// come back.
@ApplicationScoped
public class IndexKeeper {

    private static final int STRIPES = 4096;

    private final VectorIndex index;
    private final TemplateReader templates;
    private final TenantKeys keys;
    private final AtomicLongArray changes = new AtomicLongArray(STRIPES);
    private final Object[] locks = new Object[STRIPES];

    @Inject
    public IndexKeeper(VectorIndex index, TemplateReader templates, TenantKeys keys) {
        this.index = index;
        this.templates = templates;
        this.keys = keys;
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new Object();
        }
    }

    /// Numbers of changes so far, to be taken before a page is read.
    record Marks(long[] changes) {}

    /// A template in the clear, on its way to the index.
    record Opened(Space space, Entry entry) {}

    /// Brings one user's entries up to date.
    public Uni<Void> refresh(Tenant tenant, UUID user) {
        int stripe = stripe(tenant, user);
        long mark = changes.get(stripe);
        return templates
                .ofUser(tenant, user)
                .chain(stored -> open(tenant, stored))
                .map(opened -> apply(stripe, mark, tenant, user, opened))
                .chain(applied -> applied ? Uni.createFrom().voidItem() : refresh(tenant, user));
    }

    /// Brings one user's entries up to date unless they are as new as `version` already.
    public Uni<Void> refreshIfOlder(Tenant tenant, UUID user, long version) {
        boolean current = index.revisions(tenant).stream()
                .map(revision -> index.version(new Space(tenant, revision), user))
                .anyMatch(known -> known.isPresent() && known.getAsLong() >= version);
        return current ? Uni.createFrom().voidItem() : refresh(tenant, user);
    }

    Marks marks() {
        long[] marks = new long[STRIPES];
        for (int i = 0; i < STRIPES; i++) {
            marks[i] = changes.get(i);
        }
        return new Marks(marks);
    }

    /// Adds what was read after the marks were taken.
    ///
    /// @return those of whom something newer may have been applied meanwhile; they must be refreshed one by one
    List<StoredTemplate> add(Marks marks, Map<StoredTemplate, Opened> page) {
        page.values().stream()
                .collect(Collectors.groupingBy(Opened::space, Collectors.mapping(Opened::entry, Collectors.toList())))
                .forEach(index::put);
        return page.keySet().stream()
                .filter(stored -> isOvertaken(marks, stripe(stored.tenant(), stored.user())))
                .toList();
    }

    static Opened open(TemplateCipher cipher, StoredTemplate stored) {
        float[] vector = cipher.open(stored.user(), stored.revision(), stored.sealed());
        return new Opened(
                new Space(stored.tenant(), stored.revision()), new Entry(stored.user(), stored.version(), vector));
    }

    private Uni<List<Opened>> open(Tenant tenant, List<StoredTemplate> stored) {
        return stored.isEmpty()
                ? Uni.createFrom().item(List.of())
                : keys.of(tenant)
                        .map(cipher ->
                                stored.stream().map(one -> open(cipher, one)).toList());
    }

    private boolean apply(int stripe, long mark, Tenant tenant, UUID user, List<Opened> opened) {
        synchronized (locks[stripe]) {
            if (changes.get(stripe) != mark) {
                return false;
            }
            changes.incrementAndGet(stripe);
            Set<String> gone = new HashSet<>(index.revisions(tenant));
            for (Opened one : opened) {
                index.put(one.space(), List.of(one.entry()));
                gone.remove(one.space().revision());
            }
            gone.forEach(revision -> index.remove(new Space(tenant, revision), user));
            return true;
        }
    }

    private boolean isOvertaken(Marks marks, int stripe) {
        return changes.get(stripe) != marks.changes()[stripe];
    }

    private static int stripe(Tenant tenant, UUID user) {
        return Math.floorMod(31 * tenant.hashCode() + user.hashCode(), STRIPES);
    }
}
