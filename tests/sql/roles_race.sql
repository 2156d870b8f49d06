-- Two writes, each fine alone, that together would break a role, an owner, a lead, a team or a state: at
-- both isolation levels and in both orders, never both commit. How a round goes: fixture/race.sql.
\ir fixture/company.sql
\ir fixture/race.sql
\ir fixture/separation_rounds.sql
\ir fixture/pairs_roles.sql
\ir fixture/race_over.sql
