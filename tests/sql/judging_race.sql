-- Two writes on an audit's work, each fine alone, that together would break a rule of separation: at both isolation
-- levels and in both orders, never both commit to something broken. How a round goes: fixture/race.sql.
\ir fixture/fieldwork.sql
\ir fixture/race.sql
\ir fixture/work_rounds.sql
\ir fixture/pairs_judging.sql
\ir fixture/race_over.sql
