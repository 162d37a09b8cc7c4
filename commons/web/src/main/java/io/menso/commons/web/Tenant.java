package io.menso.commons.web;

import java.util.Locale;

/// Owner of data: a customer and one of its two environments. Every row, key and event belongs to exactly one.
///
/// @param customer    the customer's handle
/// @param environment `production` or `staging`
public record Tenant(String customer, Environment environment) {

    /// The two separate worlds of a customer; nothing of one is visible in the other.
    public enum Environment {
        PRODUCTION,
        STAGING;

        /// @throws IllegalArgumentException if the name is neither `production` nor `staging`
        public static Environment of(String name) {
            return switch (name) {
                case "production" -> PRODUCTION;
                case "staging" -> STAGING;
                default -> throw new IllegalArgumentException("no environment " + name);
            };
        }

        /// Lower-case name as tokens, tables and events carry it.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Tenant {
        if (customer.isEmpty()) {
            throw new IllegalArgumentException("customer is empty");
        }
    }

    public static Tenant of(String customer, String environment) {
        return new Tenant(customer, Environment.of(environment));
    }

    /// `customer/environment`, the form used in Kafka keys and database columns.
    public String id() {
        return customer + "/" + environment.label();
    }

    @Override
    public String toString() {
        return id();
    }
}
