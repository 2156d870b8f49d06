-- What sql/rules/helps.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, '(select array_agg(rule order by ordinal) from app.helps())',
		'{S1,S2,S3,S4,S5,S6,S7,S8,S9,S10,S11,S12,S13,roles,place}');
