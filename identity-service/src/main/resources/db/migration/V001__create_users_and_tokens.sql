-- Every row belongs to a tenant, and every key begins with it. Times are Unix seconds.
create table users (
    customer     text   not null,
    environment  text   not null check (environment in ('production', 'staging')),
    id           uuid   not null,
    display_name text   not null,
    created      bigint not null,
    updated      bigint not null,
    version      bigint not null,
    primary key (customer, environment, id)
);

create table tokens (
    customer      text   not null,
    environment   text   not null,
    id            uuid   not null,
    user_id       uuid   not null,
    valid_from    bigint not null check (valid_from >= 0),
    valid_through bigint not null check (valid_through >= valid_from),
    metadata      text   not null,
    created       bigint not null,
    updated       bigint not null,
    version       bigint not null,
    primary key (customer, environment, id),
    foreign key (customer, environment, user_id) references users (customer, environment, id)
);

create index tokens_of_user on tokens (customer, environment, user_id, id);
