-- Frameworks: versioned catalogues of requirements (identifiers and short titles, never a standard's text) and the
-- mappings between them. A framework without organisation belongs to everybody; an organisation adds its own.

create domain app.requirement_kind as text check (value in ('clause', 'control', 'criterion', 'own'));
create domain app.mapping_relation as text check (value in ('equal', 'subset', 'superset', 'intersects'));
create domain app.mapping_strength as text check (value in ('strong', 'partial'));
create table app.framework (
	id uuid primary key default app.uuid7(),
	organisation uuid references app.organisation (id),
	name app.title not null,
	edition text not null check (char_length(edition) between 1 and 40),
	created_at timestamptz not null default now(),
	unique nulls not distinct (organisation, name, edition)
);
comment on table app.framework is
	'A versioned catalogue: ISO/IEC 27001:2022, SOC 2 trust services criteria, an organisation''s own requirements.';

create table app.requirement (
	id uuid primary key default app.uuid7(),
	framework uuid not null references app.framework (id),
	ref text not null check (char_length(ref) between 1 and 40),
	parent text,
	kind app.requirement_kind not null,
	theme text,
	title app.title not null,
	ordinal int not null,
	unique (framework, ref)
);
comment on table app.requirement is 'One requirement of a framework, by its reference and short title.';
create index requirement_ordinal on app.requirement (framework, ordinal);

create table app.mapping (
	source uuid not null references app.requirement (id),
	target uuid not null references app.requirement (id),
	relation app.mapping_relation not null,
	strength app.mapping_strength not null,
	origin text not null,
	primary key (source, target)
);
comment on table app.mapping is 'Requirement to requirement, with its relation and where that was taken from.';
create index mapping_target on app.mapping (target);
select app.born_locked('app.framework', 'select, insert, update');
select app.born_locked('app.requirement', 'select, insert, update');
select app.born_locked('app.mapping', 'select, insert, update');
