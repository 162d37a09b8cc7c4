package io.menso.device.audit;

import io.menso.commons.web.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One management call that succeeded; never holds a secret.
@Entity
@Table(name = "audit_records")
class AuditRecord {

    @Id
    private UUID id;

    @Column(name = "customer")
    private String customer;

    @Column(name = "environment")
    private String environment;

    @Column(name = "actor")
    private String actor;

    @Column(name = "action")
    private String action;

    @Column(name = "object")
    private String object;

    @Column(name = "request_id")
    private @Nullable String requestId;

    @Column(name = "recorded_at")
    private Instant recordedAt;

    protected AuditRecord() {}

    AuditRecord(
            UUID id,
            Tenant tenant,
            String actor,
            String action,
            String object,
            @Nullable String requestId,
            Instant recordedAt) {
        this.id = id;
        this.customer = tenant.customer();
        this.environment = tenant.environment().label();
        this.actor = actor;
        this.action = action;
        this.object = object;
        this.requestId = requestId;
        this.recordedAt = recordedAt;
    }
}
