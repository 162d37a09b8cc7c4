package io.menso.inference.bundle;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which bundle somebody wants for a task: a model by name, in one revision or in its latest.
///
/// @param name     of the model
/// @param revision 7 hexadecimal digits; absent for the latest that is installed
public record Preference(String name, Optional<String> revision) {

    private static final Pattern TEXT = Pattern.compile("([a-z][a-z0-9_]{0,62}[KM])(?:@([0-9a-f]{7}|latest))?");

    /// Reads `name`, `name@latest` or `name@revision`.
    ///
    /// @throws IllegalArgumentException when it is none of them
    public static Preference parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a model must be named as NAME or NAME@REVISION, not " + text);
        }
        return new Preference(
                matcher.group(1),
                Optional.ofNullable(matcher.group(2)).filter(revision -> !revision.equals(ModelBundles.LATEST)));
    }

    /// Whether it names this very revision.
    boolean pins(ModelBundle bundle) {
        return name.equals(bundle.name())
                && revision.filter(bundle.revision()::equals).isPresent();
    }

    /// Whether the bundle is what is wanted.
    boolean allows(ModelBundle bundle) {
        return revision.isPresent() ? pins(bundle) : name.equals(bundle.name());
    }

    @Override
    public String toString() {
        return revision.map(pinned -> name + "@" + pinned).orElse(name);
    }
}
