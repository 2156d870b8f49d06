-- S1, self-review: nobody judges a function that they own, operate or monitor, or did within the window.

create or replace function app.claims_of_responsibility(_organisation uuid, _source uuid) returns setof app.claim_row
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select 'S1', r.person, c.function, 'responsible', r.period
	from app.responsibility r cross join lateral app.function_carried(r.organisation, array[r.function]) c
	where r.organisation = _organisation and r.id = _source and not isempty(r.period);
end
$$;

create or replace function app.explain_responsible(_organisation uuid, _source uuid, _function uuid, _audit uuid)
returns app.reason language plpgsql stable security definer set search_path = '' as $$
begin
	return (select app.because('S1', 's1', jsonb_build_object('person', r.person, 'function', r.function,
			'does', app.say('s1.' || r.kind || case when r.counts_until < app.today() then '.past' else '' end),
			'carried', case when r.function <> _function then app.say('s1.carried',
				jsonb_build_object('function', _function)) end,
			'days', case when r.counts_until is null then app.say('days.since', jsonb_build_object('from', r.from_date))
				else app.say('s1.until', jsonb_build_object('until', r.counts_until, 'ends', x.ends)) end,
			'entered', case when r.counts_until is distinct from r.until_date then app.say('s1.entered',
				jsonb_build_object('entered', r.until_date, 'until', r.counts_until)) end,
			'window', case when a.id is not null and r.counts_until < app.today() then app.say('s1.window',
				jsonb_build_object('audit', a.id, 'from', a.window_from)) end),
		jsonb_strip_nulls(jsonb_build_object('person', r.person, 'function', _function, 'audit', a.id,
			'responsibility', jsonb_build_object('id', r.id, 'kind', r.kind, 'from', r.from_date, 'until', r.until_date,
				'counts_until', r.counts_until),
			'cooling_off_ends', x.ends)))
	from app.responsibility r
	join app.organisation o on o.id = r.organisation
	left join app.audit a on a.organisation = r.organisation and a.id = _audit
	cross join lateral (select (r.counts_until
		+ make_interval(months => coalesce(a.cooling_off_months, o.cooling_off_months)))::date) x (ends)
	where r.organisation = _organisation and r.id = _source);
end
$$;

create or replace function app.derive_responsibility() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	began date := app.fact_from(tg_op, new.from_date, case when tg_op = 'UPDATE' then old.counts_until end,
		new.counts_until);
	wanted app.claim_row[];
	x app.reason;
begin
	perform app.touch(new.organisation, '{}', array[new.person],
		(select array_agg(c.function) from app.function_carried(new.organisation, array[new.function]) c), '{}');
	select coalesce(array_agg(c), '{}') into wanted from app.claims_of_responsibility(new.organisation, new.id) c;
	x := app.explain_responsible(new.organisation, new.id, new.function, null);
	perform app.meet_judging(new.organisation, new.id, wanted, began is not null, coalesce(began, new.from_date),
		x.data -> 'say');
	perform app.claims_set(new.organisation, new.id, wanted);
	-- what somebody says of themselves ends nothing for others
	if new.standing = 'stands' and (tg_op = 'INSERT' or old.standing = 'bars')
		and (new.until_date is null or new.until_date >= app.today()) then
		perform app.lapse_declarations(new.organisation, array(select w.object from unnest(wanted) w),
			app.say('lapse.began'));
	end if;
	-- whom management named answers for it only while it has no owner
	perform ledger.sync(new.organisation, f.answerable) from app.function f
		where f.organisation = new.organisation and f.id = new.function and f.answerable is not null
			and f.answerable <> new.person and new.kind = 'owns';
	perform ledger.sync(new.organisation, new.person);
	return null;
end
$$;
create trigger derive after insert or update of from_date, until_date, counts_until, standing on app.responsibility
	for each row execute function app.derive_responsibility();
