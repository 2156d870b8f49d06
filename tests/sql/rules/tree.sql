-- What sql/rules/tree.sql owes the tests (fixture/owed.sql).
insert into t.line_of (who, act, wanted) values
	(null, 'array(select function from app.function_with_subs({org}, array[{backup}]))', 'backup restore'),
	(null, 'array(select function from app.function_with_subs({org}, ''{}''))', '{}'),
	(null, 'array(select function from app.function_with_parents({org}, array[{restore}]))', 'backup restore'),
	(null, 'array(select function from app.function_with_parents({org}, null))', '{}'),
	(null, 'array(select function from app.function_carried({org}, array[{hr}]))', 'hr payroll'),
	(null, 'array(select function from app.function_carried({org}, array[{backup}]))', 'backup restore'),
	(null, 'array(select function from app.function_carriers({org}, array[{restore}]))', 'backup restore'),
	(null, 'array(select function from app.function_carriers({org}, array[{payroll}]))', 'hr payroll'),
	(null, 'array(select function from app.functions_of({org}, {ob}))', 'backup restore'),
	(null, 'array(select function from app.functions_of({org}, {z}))', '{}'),
	(null, 'array(select function from app.functions_of({org2}, {ob}))', '{}');
