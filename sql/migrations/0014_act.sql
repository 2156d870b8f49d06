-- The record of acts and arrangements: who judged, who had a hand in the work, who arranged, each on the day they did;
-- and whom a finding named. Of an act nothing is ever changed; of an arrangement only what it waits for and how that
-- was settled. S4's and S5's claims are derived from these rows and from nothing else.

create type app.act_side as enum ('judge', 'hand');
comment on type app.act_side is
	'judge: in an auditor''s place; hand: did, wrote, proved or approved the work that is judged (S5).';

create table app.act (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	person uuid not null references app.person (id),
	side app.act_side not null,
	on_day app.day not null,
	at timestamptz not null default now(),
	method text not null,
	noun text not null,
	subject uuid not null,
	audit uuid not null,
	part uuid,
	finding uuid,
	functions uuid[] not null default '{}',
	assignment uuid,
	object uuid,
	undoes uuid,
	primary key (organisation, id),
	foreign key (organisation, audit) references app.audit (organisation, id)
);
comment on table app.act is
	'Every write by somebody in an auditor''s place, and every hand in the work that an audit judges; never changed.';
comment on column app.act.on_day is 'The day by the organisation''s clock on which it was done.';
comment on column app.act.method is 'By which method; what ended a day by itself says so in the same words.';
comment on column app.act.subject is 'The record that was written, of this noun.';
comment on column app.act.functions is 'The functions that it was about, as they were then.';
comment on column app.act.assignment is 'The assignment under which it was done; null off the team.';
comment on column app.act.object is
	'The finding or request whose work it judged or had a hand in (S5); null where S5 asks nothing of it.';
comment on column app.act.undoes is 'The record that it unmade or changed, where that is another''s.';
create index act_person on app.act (organisation, person, audit);
create index act_subject on app.act (organisation, subject);
create index act_object on app.act (organisation, object, person, side) where object is not null;
select app.born_locked('app.act');

create table app.arrangement (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	audit uuid not null,
	verb text not null,
	subject uuid not null,
	maker uuid not null references app.person (id),
	on_day app.day not null,
	at timestamptz not null default now(),
	countersigned_by uuid[] not null default '{}',
	waits_since timestamptz,
	because text[] not null default '{}',
	settled_by uuid[] not null default '{}',
	settled_at timestamptz,
	settled_how text,
	primary key (organisation, id),
	foreign key (organisation, audit) references app.audit (organisation, id)
);
comment on table app.arrangement is
	'Every act by which an audit was arranged: planned, staffed, safeguarded, its competence recorded, somebody named '
	'(S4).';
comment on column app.arrangement.maker is 'Who arranged; of a proposal, who proposed it.';
comment on column app.arrangement.countersigned_by is 'Who signed, where it was a proposal: they arranged too.';
comment on column app.arrangement.waits_since is 'Since when it waits for a countersignature; null while it does not.';
comment on column app.arrangement.because is
	'Why it waits: the rule and the record by which its maker or a signer stands on a side.';
comment on column app.arrangement.settled_how is
	'countersigned; or nobody_free: nobody of management was free, which the report discloses.';
create index arrangement_audit on app.arrangement (organisation, audit, maker);
select app.born_locked('app.arrangement');

create table app.naming (
	organisation uuid not null references app.organisation (id),
	id uuid not null default app.uuid7(),
	finding uuid not null,
	person uuid not null references app.person (id),
	place text not null check (place in ('verifier', 'decider', 'signer')),
	from_day app.day not null,
	until_day app.day,
	met boolean not null default false,
	primary key (organisation, id),
	foreign key (organisation, finding) references app.finding (organisation, id),
	constraint naming_in_order check (until_day >= from_day)
);
comment on table app.naming is
	'Whom a finding names to verify it, to decide its dispute or to sign, and when: what they claim rests on it '
	'(S1-S3, S5).';
comment on column app.naming.met is 'A fact came to light that stands against it: S3 counts it no longer.';
create index naming_finding on app.naming (organisation, finding);
create unique index naming_one_open on app.naming (organisation, finding, place) where until_day is null;
create index naming_person on app.naming (organisation, person);
select app.born_locked('app.naming');
