-- What the noun framework owes the tests (fixture/owed.sql).
insert into t.given values
	('framework.list', '{}');
insert into t.letters values
	('framework.list', 'i iso');
insert into t.rows values
	('app.framework', 'i iso o framework-own q framework-foreign');
insert into t.sheet values
	('app.framework', 'siu', 'members:io N:i R:iq', 'members:o R:q', '', '');
insert into t.refused values
	('app.framework', 'framework_edition_check', 'edition = ''''');
insert into t.apart values
	('framework_organisation_name_edition_key');
insert into t.line_of (who, act, wanted) values
	(null, 'app.catalogue_load(''Rules'', ''1'', ''[{"ref": "1", "kind": "clause", "title": "One"}]'')', '1'),
	(null, 'app.catalogue_load(''Rules'', ''1'', ''[]'')', '0'),
	(null, 'app.mapping_load(''ISO/IEC 27001'', ''2022'', ''SOC 2 trust services criteria'', ''2017'', ''x'', ''[]'')',
		'0');
