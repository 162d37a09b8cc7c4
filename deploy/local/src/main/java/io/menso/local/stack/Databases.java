package io.menso.local.stack;

import io.menso.local.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A database and a role of its own for each service that keeps state.
final class Databases {

    private Databases() {}

    /// Makes what is missing. Passwords are set again each time, so that they always match the secrets.
    static void ensure(PostgresServer server, Secrets secrets) {
        try (Connection connection = server.connect()) {
            for (ServiceSpec spec : ServiceSpec.ALL) {
                if (spec.database()) {
                    ensure(connection, spec.shortName(), secrets.databasePassword(spec.shortName()));
                }
            }
        } catch (SQLException e) {
            throw new LauncherException("the databases cannot be made: " + e.getMessage(), e);
        }
    }

    /// Names and passwords are made by the launcher itself, of letters and digits, so they need no quoting.
    private static void ensure(Connection connection, String name, String password) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
                statement.execute("create role " + name + " login");
            }
            statement.execute("alter role " + name + " password '" + password + "'");
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                statement.execute("create database " + name + " owner " + name);
                statement.execute("revoke all on database " + name + " from public");
            }
        }
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }
}
