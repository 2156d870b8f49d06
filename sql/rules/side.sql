-- The one question that S2, S4, S7, S13 and whoever names, safeguards or countersigns ask: on whose side does somebody
-- stand? On the side of a function on a day on which they hold a responsibility for it, or belong to a company outside
-- the organisation's group that operates it or is then of the operator's group; on the side of a certification on a day
-- on which they belong to the certifying party's group.

create or replace function app.on_side(_organisation uuid, _persons uuid[], _functions uuid[], _window daterange)
returns table (person uuid, rule text, source uuid, object uuid)
language plpgsql stable rows 2 security definer set search_path = '' as $$
begin
	return query
	with f as materialized (
		select s.function from app.function_with_subs(_organisation, _functions) s)
	select distinct on (x.person, x.rule, x.source) x.person, x.rule, x.source, x.object from (
		select c.subject as person, c.rule, c.source, c.object from f
		join app.claim c on c.organisation = _organisation and c.rule = 'S1' and c.subject = any (_persons)
			and c.object = f.function and c.side = 'responsible' and c.period && _window
		union all
		select a.person, c.rule, c.source, c.object from app.affiliation a
		join app.claim c on c.organisation = a.organisation and c.rule = 'S2' and c.subject = a.party
			and c.side = 'operates' and c.object in (select f.function from f)
				and not isempty(c.period * a.period * _window)
		where a.organisation = _organisation and a.person = any (_persons)) x
	order by x.person, x.rule, x.source, x.object;
end
$$;
comment on function app.on_side(uuid, uuid[], uuid[], daterange) is
	'Who of these people stands, on a day of the window, on the side of one of these functions, and by which record.';

create or replace function app.cooling_off(_organisation uuid) returns daterange
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select daterange((app.today() - make_interval(months => o.cooling_off_months))::date, app.today(), '[]')
		from app.organisation o where o.id = _organisation);
end
$$;
comment on function app.cooling_off(uuid) is 'The window where there is no audit: the cooling-off period up to today.';

create or replace function app.audit_window(_organisation uuid, _audit uuid) returns daterange
language plpgsql stable security definer set search_path = '' as $$
begin
	return coalesce((select daterange(a.window_from, case when a.released_at is not null or a.ended_on is not null
			then greatest(a.window_from, app.today()) end, '[]')
		from app.audit a where a.organisation = _organisation and a.id = _audit), app.cooling_off(_organisation));
end
$$;
comment on function app.audit_window(uuid, uuid) is
	'The window of an audit: from its first day on, open until it is released or has ended, and then up to today. '
	'Where '
	'there is no audit, the cooling-off period.';

create or replace function app.side_reasons(_organisation uuid, _person uuid, _functions uuid[], _audit uuid)
returns setof app.reason language plpgsql stable rows 2 security definer set search_path = '' as $$
begin
	return query
	select x.* from app.on_side(_organisation, array[_person], _functions, app.audit_window(_organisation, _audit)) s
	cross join lateral (
		select * from app.explain_responsible(_organisation, s.source, s.object, _audit) where s.rule = 'S1'
		union all
		select * from app.explain_operates(_organisation, s.source, s.object, _person, _audit) where s.rule = 'S2') x
	order by x.rule, x.message;
end
$$;
comment on function app.side_reasons(uuid, uuid, uuid[], uuid) is
	'On whose side a person stands for these functions within the window of an audit (or of today), in words.';

create or replace function app.certifier_reasons(_organisation uuid, _person uuid, _certifications uuid[])
returns setof app.reason language plpgsql stable rows 1 security definer set search_path = '' as $$
begin
	return query
	select x.* from app.certification c
	cross join lateral app.explain_certifies(_organisation, c.id, _person, _person, null) x
	where c.organisation = _organisation and c.id = any (_certifications)
		and exists (select from app.kin(_organisation, c.party) k
			join app.affiliation a on a.organisation = _organisation and a.party = k.party and a.person = _person
			where k.days && (a.period * app.cooling_off(_organisation)))
	order by x.message;
end
$$;
comment on function app.certifier_reasons(uuid, uuid, uuid[]) is
	'The certifications on whose side a person stands: they belong, or belonged within the cooling-off period, to the '
	'group of the party that certifies.';
