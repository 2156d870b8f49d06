-- What the noun party owes the tests (fixture/owed.sql).
insert into app.party (organisation, name, legal_identifier, kinds, affiliates) select t.org(), n.name, n.id,
	'{supplier}', '01900000-0000-7000-8000-00000000000a' from (values ('Twin', 'T1'), ('Twin Two', 'T2')) n (name, id);
select t.keep(case p.name when 'Twin' then 'twin' else 'twin2' end, p.id) from app.party p where p.name like 'Twin%';
insert into t.given values
	('party.leave_group', t.v('party', 'twin')),
	('party.add', '{"name": "New Supplier", "legal_identifier": "NEW", "kinds": ["supplier"]}'),
	('party.get', t.of('firm')),
	('party.list', '{}'),
	('party.set_group', t.v('party', 'firm', '{"in_group": true}')),
	('party.set_group @own', t.v('party', 'own', '{"in_group": true}')),
	('party.set_group @theirs', t.v('party', 'mill', '{"in_group": true}')),
	('party.update', t.v('party', 'firm', '{"name": "Plumb Audits", "kinds": ["audit_firm"]}'));
insert into t.letters values
	('party.list', 'g own f firm h host v body w rival');
insert into t.rows values
	('app.party', 'g own h host v body');
insert into t.sheet values
	('app.party', 'siu', 'directory:all S:h V:v', 'directory:all S:h V:v', 'directory:all S:h V:v', '');
insert into t.refused values
	('app.party', 'party_kinds_check', 'kinds = ''{}''');
insert into t.apart values
	('party_organisation_legal_identifier_key');
insert into t.triggered values
	('app.party', 'derive',
		'insert into app.operation (organisation, function, party, from_date) values (t.org(), t.id(''backup''), '
		't.id(''own''), current_date); update app.party set in_group = false where id = t.id(''own'')', null, 'S9');
insert into t.line_of (who, act, wanted) values
	(null, 'app.audience_party({org}, {own})', 'as directory own');
