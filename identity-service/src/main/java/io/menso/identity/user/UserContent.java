package io.menso.identity.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.web.ApiException;
import io.menso.commons.web.MergePatch;
import io.menso.identity.JsonMembers;

/// What a caller decides about a user; the rest is read-only.
///
/// @param displayName 1 to 256 code points, not blank, no control characters (D2)
record UserContent(String displayName) {

    private static final String DISPLAY_NAME = "display_name";
    private static final int MAX_LENGTH = 256;

    /// @throws ApiException 400 when a member is missing or wrong
    static UserContent of(ObjectNode json) {
        String name = JsonMembers.text(json, DISPLAY_NAME, DISPLAY_NAME, MAX_LENGTH);
        if (name.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw ApiException.badRequest(DISPLAY_NAME + " must not be blank");
        }
        return new UserContent(name);
    }

    /// Applies a merge patch; members that are read-only or unknown fall away (D3).
    UserContent patched(ObjectNode patch) {
        ObjectNode current = JsonNodeFactory.instance.objectNode().put(DISPLAY_NAME, displayName);
        return of((ObjectNode) MergePatch.apply(current, patch));
    }

    /// A name is personal data: it never reaches a log.
    @Override
    public String toString() {
        return "UserContent[]";
    }
}
