-- Two writes on an audit's work, each fine alone, that together would break a state: at both isolation levels and in
-- both orders, never both commit to something broken. How a round goes: fixture/race.sql. Without protection, the
-- trigger on the finding's states still stops the pairs of the plan and of the verification, its key that of the
-- response.
\ir fixture/fieldwork.sql
\ir fixture/race.sql
\ir fixture/work_rounds.sql
\ir fixture/pairs_work.sql
\ir fixture/race_over.sql
