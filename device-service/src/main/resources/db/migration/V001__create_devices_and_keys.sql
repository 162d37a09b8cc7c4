create table customers (
    handle     text        primary key,
    created_at timestamptz not null
);

-- One data key per tenant, wrapped by the master key. Deleting a row destroys every secret of the tenant.
create table data_keys (
    customer    text  not null,
    environment text  not null,
    wrapped     bytea not null,
    primary key (customer, environment)
);

create table devices (
    id           uuid        primary key,
    customer     text        not null,
    environment  text        not null,
    display_name text        not null,
    gallery      text        not null,
    metadata     text        not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null
);
create index devices_of_tenant on devices (customer, environment, id);

-- System keys (without device) and device keys. A revoked system key stays listed, without its secret.
create table access_keys (
    id          uuid        primary key,
    customer    text        not null,
    environment text        not null,
    device_id   uuid        references devices (id),
    secret      bytea,
    version     bigint      not null,
    created_at  timestamptz not null,
    revoked_at  timestamptz,
    check ((secret is null) = (revoked_at is not null))
);
create index access_keys_of_device on access_keys (device_id, id) where device_id is not null;
create index access_keys_of_customer on access_keys (customer, id) where device_id is null;

create table audit_records (
    id          uuid        primary key,
    customer    text        not null,
    environment text        not null,
    actor       text        not null,
    action      text        not null,
    object      text        not null,
    request_id  text,
    recorded_at timestamptz not null
);
create index audit_records_of_tenant on audit_records (customer, environment, id);
create index audit_records_by_time on audit_records (recorded_at);

create table outbox (
    seq     bigint generated always as identity primary key,
    topic   text not null,
    key     text not null,
    payload text not null
);

create table idempotency_keys (
    tenant       text        not null,
    scope        text        not null,
    key          text        not null,
    request_hash text        not null,
    resource_id  uuid,
    created_at   timestamptz not null default now(),
    primary key (tenant, scope, key)
);
create index idempotency_keys_by_time on idempotency_keys (created_at);
