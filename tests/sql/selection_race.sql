-- Two writes, each fine alone, that together would break S4, S7, S9, S12 or S13: at
-- both isolation levels and in both orders, never both commit. How a round goes: fixture/race.sql.
\ir fixture/company.sql
\ir fixture/race.sql
\ir fixture/separation_rounds.sql
\ir fixture/pairs_selection.sql
\ir fixture/race_over.sql
