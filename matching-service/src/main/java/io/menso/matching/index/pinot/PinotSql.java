package io.menso.matching.index.pinot;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Space;
import java.util.Collection;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;

/// The statements for Pinot. Its SQL endpoint takes no parameters, so every value is a number, a UUID, Base64, or
/// text of a closed alphabet; anything else is refused before there is a statement.
///
/// @param table name of the table
/// @param named users that a statement names one by one at most
record PinotSql(String table, int named) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    /// Enough for every tenant of an installation; Pinot's own default is 10 rows.
    private static final int MANY = 1_000_000;

    PinotSql {
        requireWord(table, "menso.matching.pinot.table");
    }

    /// The most similar rows as user, version and cosine; equal cosines in the order of the ids.
    ///
    /// @param query     sealed, in Base64
    /// @param threshold lowest cosine, finite; below -1 for all
    /// @param among     condition on the user, from [#among]; empty for none
    String search(Space space, String query, double threshold, int limit, String among) {
        String cosine = "mensoCosine(sealed, tenant, user_id, revision, version, " + base64(query) + ")";
        String floor = threshold <= -1 ? "" : " AND " + cosine + " >= " + threshold;
        return "SELECT user_id, version, " + cosine + " AS cosine FROM " + table + where(space) + live() + among + floor
                + " ORDER BY cosine DESC, user_id ASC LIMIT " + limit;
    }

    /// Length of the space's vectors, when it has any.
    String dimension(Space space) {
        return "SELECT dimension FROM " + table + where(space) + live() + " LIMIT 1";
    }

    /// Revisions of the tenant's rows.
    ///
    /// @param among as in [#search]
    String revisions(Tenant tenant, String among) {
        return "SELECT revision, COUNT(*) FROM " + table + where(tenant) + live() + among + " GROUP BY revision LIMIT "
                + MANY;
    }

    /// User, version and whether it is deleted (0 or 1) of all that Pinot holds of these users.
    String states(Space space, Collection<UUID> users) {
        return "SELECT user_id, version, deleted FROM " + table + where(space) + in(users) + " LIMIT " + users.size();
    }

    /// User, revision and version of the rows of these users.
    String versions(Tenant tenant, Collection<UUID> users) {
        return "SELECT user_id, revision, version FROM " + table + where(tenant) + live() + in(users) + " LIMIT "
                + MANY;
    }

    /// User, revision and version of the rows behind a user, in the order of the users.
    String page(Tenant tenant, UUID after, int limit) {
        return "SELECT user_id, revision, version FROM " + table + where(tenant) + live() + " AND user_id > '" + after
                + "' ORDER BY user_id LIMIT " + limit;
    }

    String count() {
        return "SELECT COUNT(*) FROM " + table + " WHERE deleted = 0";
    }

    /// Tenant, number of rows and sum of their versions' remainders, of rows up to a version.
    String census(long upTo, int modulus) {
        return "SELECT tenant, COUNT(*), SUM(MOD(version, " + modulus + ")) FROM " + table
                + " WHERE deleted = 0 AND version <= " + upTo + " GROUP BY tenant LIMIT " + MANY;
    }

    /// Condition that a row's user is one of these: named one by one, which Pinot answers from its index, or as a
    /// packed
    /// set, which keeps the statement short and costs a look at each row of the tenant.
    String among(Candidates candidates) {
        if (candidates.size() > named) {
            return " AND mensoAmong(user_id, " + base64(PackedUsers.pack(candidates)) + ") = 1";
        }
        StringJoiner users = new StringJoiner("','", " AND user_id IN ('", "')");
        candidates.forEach(user -> users.add(user.toString()));
        return users.toString();
    }

    private static String in(Collection<UUID> users) {
        StringJoiner ids = new StringJoiner("','", " AND user_id IN ('", "')");
        users.forEach(user -> ids.add(user.toString()));
        return ids.toString();
    }

    private static String where(Tenant tenant) {
        requireWord(tenant.customer(), "customer");
        return " WHERE tenant = '" + tenant.id() + "'";
    }

    private static String where(Space space) {
        requireWord(space.revision(), "embedding.revision");
        return where(space.tenant()) + " AND revision = '" + space.revision() + "'";
    }

    private static String live() {
        return " AND deleted = 0";
    }

    private static String base64(String text) {
        if (!BASE64.matcher(text).matches()) {
            throw new IllegalArgumentException("no Base64");
        }
        return "'" + text + "'";
    }

    /// @throws ApiException 400: these come from outside
    private static void requireWord(String text, String what) {
        if (!WORD.matcher(text).matches()) {
            throw ApiException.badRequest(what + " must be 1 to 64 letters, digits, dots, dashes or underscores");
        }
    }
}
