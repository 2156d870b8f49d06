-- Claims: separation, declared. Two claims of one rule on one subject and object from different sides cannot overlap in
-- time, whoever writes them and at whatever isolation level: PostgreSQL's exclusion constraint judges at once.
--
-- | rule  | subject       | object       | sides                      |
-- | S1    | person        | function     | responsible  against judges |
-- | S2    | outside party | function     | operates     against judges |
-- | S3    | party, person | organisation | certifies    against audits |
-- | S4    | person        | audit        | arranges     against judges |
-- | S5    | person        | finding, request | hands    against judges |
-- | roles | person        | pair of roles | one role    against the other |
--
-- Claims are derived from their sources (rules/); operator.check() recomputes and compares.

create type app.claim_row as (rule text, subject uuid, object uuid, side text, period daterange);

create type app.reason as (rule text, message text, data jsonb);
comment on type app.reason is 'Why something is refused: the rule, one sentence, and what error.data says.';

create table app.claim (
	organisation uuid not null references app.organisation (id),
	rule text not null check (rule in ('S1', 'S2', 'S3', 'S4', 'S5', 'roles')),
	subject uuid not null,
	object uuid not null,
	side text not null,
	period daterange not null check (not isempty(period)),
	source uuid not null,
	created_at timestamptz not null default now(),
	constraint claim_separation exclude using gist
		(organisation with =, rule with =, subject with =, object with =, side with <>, period with &&)
);
create index claim_source on app.claim (organisation, source);
create index claim_subject on app.claim (organisation, rule, subject, object);
select app.born_locked('app.claim');
