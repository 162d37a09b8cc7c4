create table outbox (
    seq     bigint generated always as identity primary key,
    topic   text not null,
    key     text not null,
    payload text not null
);

-- Rows come and go all the time: vacuum early, or the relay reads past many dead ones.
alter table outbox set (autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0.0);

create table idempotency_keys (
    tenant       text        not null,
    scope        text        not null,
    key          text        not null,
    request_hash text        not null,
    resource_id  uuid,
    created_at   timestamptz not null default now(),
    primary key (tenant, scope, key)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);
