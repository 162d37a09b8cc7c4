-- Every row belongs to one tenant: <customer>/<environment>.

create sequence face_version;

create table faces (
    tenant  text   not null,
    user_id uuid   not null,
    created bigint not null,
    updated bigint not null,
    version bigint not null,
    primary key (tenant, user_id)
);

-- sealed: the vector under the tenant's data key, bound to tenant, user and revision
create table templates (
    tenant    text    not null,
    user_id   uuid    not null,
    revision  text    not null,
    dimension integer not null,
    sealed    bytea   not null,
    primary key (tenant, user_id, revision),
    foreign key (tenant, user_id) references faces (tenant, user_id) on delete cascade
);

-- deleted rows are kept without their content, so that late events with lower versions change nothing
create table memberships (
    tenant        text    not null,
    token         uuid    not null,
    user_id       uuid,
    gallery       text,
    valid_from    bigint,
    valid_through bigint,
    version       bigint  not null,
    deleted       boolean not null default false,
    primary key (tenant, token),
    check (deleted or (user_id is not null and gallery is not null
        and valid_from is not null and valid_through is not null))
);
create index memberships_by_gallery on memberships (tenant, gallery, user_id) where not deleted;
create index memberships_by_user on memberships (tenant, user_id) where not deleted;

-- users that were deleted: nothing may be stored for them any more
create table erased_users (
    tenant  text   not null,
    user_id uuid   not null,
    erased  bigint not null,
    primary key (tenant, user_id)
);

create table data_keys (
    tenant  text  not null primary key,
    wrapped bytea not null
);

create table outbox (
    seq     bigint generated always as identity primary key,
    topic   text not null,
    key     text not null,
    payload text not null
);
