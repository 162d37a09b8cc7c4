create table outbox (
    seq     bigint generated always as identity primary key,
    topic   text not null,
    key     text not null,
    payload text not null
);

-- Rows come and go all the time: vacuum early, or the relay reads past many dead ones.
alter table outbox set (autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0.0);
