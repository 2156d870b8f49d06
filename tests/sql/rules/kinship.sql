-- What sql/rules/kinship.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('app.kinship', '', '', '', '', '');
insert into t.triggered values
	('app.party', 'a_kinship', 'update app.party set in_group = true where id = t.id(''host'')',
		'(select count(*) from app.kinship where party = t.id(''host''))', '1');
insert into t.line_of (who, act, wanted) values
	(null, '(select days = ''{(,)}'' from app.kin({org}, {host}))', 'true'),
	(null, 'array(select party from app.kin({org}, {twin}))', 'twin twin2'),
	(null, '(select count(*) from app.kin({org2}, {twin}))', '0'),
	(null, 'app.own_days({org}, {own})', '{(,)}'),
	(null, 'app.own_days({org}, {host})', '{}'),
	(null, 'array(select party from app.party_group({org}, {host}))', 'host'),
	(null, 'array(select party from app.party_group({org2}, {host}))', '{}'),
	(null, 'select app.kinship_set({org}, {host}, {org}, true, current_date) => app.own_days({org}, {host}) = '
		'datemultirange(daterange(current_date, null))', 'true'),
	(null, 'select app.kinship_set({org}, {twin}, null, false, current_date) => (select lower(days) from '
		'app.kin({org}, {twin}) where party = {twin2}) is null', 'true'),
	(null, 'app.join_group({host}, {firm})', 'firm'),
	(null, 'select app.join_group({host}, {firm}) => (select affiliates from app.party where id = {firm})', 'firm'),
	(null,
		'select app.join_group({host}, {firm}, current_date) => (select affiliates_from = current_date from app.party '
		'where id = {firm})', 'true'),
	(null, 'select app.join_group({host}, {firm}) => (select affiliates from app.party where id = {host})', 'null'),
	(null, 'select app.lock_groups(array[{host}]) => (select touched > 0 from app.party where id = {host})', 'true'),
	(null, 'app.lock_groups(''{}'')', '');
