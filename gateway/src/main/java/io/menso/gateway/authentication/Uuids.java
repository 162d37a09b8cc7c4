package io.menso.gateway.authentication;

/// The shape of UUIDs, without making one.
public final class Uuids {

    private static final int LENGTH = 36;

    private Uuids() {}

    /// Whether the text has the form 8-4-4-4-12 in hexadecimal digits of either case.
    public static boolean isUuid(String text) {
        return matches(text, true);
    }

    /// Whether the text has that form in lower case.
    public static boolean isCanonical(String text) {
        return matches(text, false);
    }

    private static boolean matches(String text, boolean upperCase) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean good = switch (i) {
                case 8, 13, 18, 23 -> c == '-';
                default -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || upperCase && c >= 'A' && c <= 'F';
            };
            if (!good) {
                return false;
            }
        }
        return true;
    }
}
