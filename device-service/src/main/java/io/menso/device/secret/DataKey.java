package io.menso.device.secret;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/// A tenant's data key, wrapped by the master key.
@Entity
@Table(name = "data_keys")
@IdClass(DataKeyId.class)
public class DataKey {

    @Id
    private String customer;

    @Id
    private String environment;

    @Column(name = "wrapped")
    private byte[] wrapped;

    protected DataKey() {}

    byte[] wrapped() {
        return wrapped.clone();
    }
}
