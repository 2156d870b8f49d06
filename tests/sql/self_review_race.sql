-- Two writes, each fine alone, that together would break S1, or the one tree of functions: at
-- both isolation levels and in both orders, never both commit. How a round goes: fixture/race.sql.
\ir fixture/company.sql
\ir fixture/race.sql
\ir fixture/separation_rounds.sql
\ir fixture/pairs_self_review.sql
\ir fixture/race_over.sql
