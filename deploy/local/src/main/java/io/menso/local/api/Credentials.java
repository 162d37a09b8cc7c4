package io.menso.local.api;

/// What a customer's back-end needs: the content of `credentials.json`.
///
/// @param url        address of the API
/// @param customer   handle of the customer
/// @param production key of the production environment
/// @param staging    key of the staging environment
public record Credentials(String url, String customer, Key production, Key staging) {

    /// A key that signs tokens.
    ///
    /// @param kid    its id
    /// @param secret its secret in Base64
    public record Key(String kid, String secret) {

        @Override
        public String toString() {
            return "Key[kid=" + kid + "]";
        }
    }

    /// The same for another address.
    public Credentials at(String otherUrl) {
        return new Credentials(otherUrl, customer, production, staging);
    }
}
