create table pipelines (
    id         uuid        primary key,
    tenant     text        not null,
    source     text        not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create index pipelines_of_tenant on pipelines (tenant, id);
