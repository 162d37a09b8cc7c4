package io.menso.matching.face;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/// What a face looks like to one revision of an embedding model, encrypted.
@Entity
@Table(name = "templates")
@IdClass(TemplateKey.class)
class Template {

    @Id
    String tenant;

    @Id
    @Column(name = "user_id")
    UUID userId;

    @Id
    String revision;

    @Column(nullable = false)
    int dimension;

    @Column(nullable = false)
    byte[] sealed;

    Template(UserKey key, SealedTemplate template) {
        this.tenant = key.tenant();
        this.userId = key.userId();
        this.revision = template.revision();
        this.dimension = template.dimension();
        this.sealed = template.sealed();
    }

    @SuppressWarnings("NullAway.Init")
    protected Template() {}
}
