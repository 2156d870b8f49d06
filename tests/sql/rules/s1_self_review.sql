-- What sql/rules/s1_self_review.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'array(select object from app.claims_of_responsibility({org}, {r-ob}))', 'backup restore'),
	(null, '(select count(*) from app.claims_of_responsibility({org2}, {r-ob}))', '0'),
	(null, '(select count(*) from app.claims_of_responsibility({org}, null))', '0'),
	(null, '(app.explain_responsible({org}, {r-o}, {backup}, {audit})).rule', 'S1'),
	(null,
		'(app.explain_responsible({org}, {r-ob}, {backup}, null)).message ~ ''^Otto Backup owns Backup and recovery''',
		'true');
insert into t.line_of (who, act, wanted) values
	(null,
		'insert into app.responsibility (organisation, person, function, kind, from_date, until_date) values ({org}, '
		'{z}, {backup}, ''monitors'', current_date, current_date) => (select lapsed_at is not null from '
		'app.declaration where id = {dec-a})', 'true'),
	(null, '(app.explain_responsible({org}, {r-o}, {backup}, {audit})).data #>> ''{say,args,does,id}''', 's1.operates');
insert into t.line_of (who, act, wanted, given) values
	(null, '(app.explain_responsible({org}, {r-o}, {backup}, {audit})).data #>> ''{say,args,does,id}''',
		's1.operates.past', 'update app.responsibility set counts_until = current_date - 1 where id = {r-o}');
