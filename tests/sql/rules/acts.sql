-- What sql/rules/acts.sql owes the tests (fixture/owed.sql).
insert into t.sheet values
	('app.act', '', '', '', '', ''),
	('app.arrangement', '', '', '', '', '');
insert into t.triggered values
	('app.act', 'keep_all', 'truncate app.act', null, 'the record of acts and arrangements is never changed'),
	('app.arrangement', 'keep_all', 'truncate app.arrangement', null,
		'the record of acts and arrangements is never changed'),
	('app.act', 'keep', 'delete from app.act', null, 'the record of acts and arrangements is never changed'),
	('app.arrangement', 'keep', 'update app.arrangement set verb = ''x''', null,
		'the record of acts and arrangements is never changed');
insert into t.line_of (who, act, wanted) values
	(null,
		'select app.hands({f-issued}, array[{z}, null, {z}], ''finding'', {f-issued}) => (select count(*) from '
		'app.claim where subject = {z} and object = {f-issued} and side = ''hands'')', '1'),
	(null, 'app.hands({f-issued}, array[{b}], ''finding'', {f-issued})', 'S5'),
	('c',
		'select app.judges({f-issued}, {c}, ''finding'', {f-issued}) => (select count(*) from app.claim where subject '
		'= {c} and object = {f-issued} and side = ''judges'')', '1'),
	('d', 'app.judges({f-accepted}, {d}, ''finding'', {f-accepted})', 'S5'),
	(null,
		'select app.arranged({audit}, {z}) => (select count(*) from app.claim where subject = {z} and rule = ''S4'')',
		'1'),
	(null, 'app.arranged({audit}, {a})', 'S4'),
	(null,
		'select app.arranged({audit}, {p}) => (select count(*) from app.claim where subject = {p} and rule = ''S4'' '
		'and object = {audit})', '1'),
	(null,
		'select app.arranged({audit}, {z}, {part-backup}, array[{d}, null]) => (select countersigned_by from '
		'app.arrangement where maker = {z})', 'd'),
	(null, '(select string_agg(distinct side, '''') from app.claims_of_arrangements({org}, {audit}))', 'arranges'),
	(null, '(select count(*) from app.claims_of_arrangements({org2}, {audit}))', '0'),
	(null, '(select string_agg(distinct side, '' '' order by side) from app.claims_of_acts({org}, {f-accepted}))',
		'hands judges'),
	(null, '(select count(*) from app.claims_of_acts({org2}, {f-accepted}))', '0'),
	(null, '(app.place_of(''check'', {check})).functions', 'backup'),
	(null, '(app.place_of(''action'', {act-accepted})).finding', 'f-accepted'),
	(null, '(app.place_of(''dispute'', null)).audit', 'null'),
	('d',
		'select app.acted(''hand'', {d}, ''finding'', {f-issued}, null) => (select count(*) from app.act where person '
		'= {d} and subject = {f-issued})', '1'),
	('d', 'app.acted(''judge'', {d}, ''action'', {act-accepted}, {f-accepted})', 'S5'),
	('c',
		'select app.acted_once(''judge'', {f-issued}, array[{c}, null, {c}], ''finding'', {f-issued}) => (select '
		'count(*) from app.act where person = {c} and object = {f-issued})', '1'),
	('b', 'app.acted_once(''judge'', {f-issued}, array[{b}], ''finding'', {f-issued})', ''),
	('b', 'app.acted_once(''hand'', {f-issued}, array[{b}], ''finding'', {f-issued})', 'S5');
