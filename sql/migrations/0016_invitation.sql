-- One code at a time: who is invited by two at once has the later of the two alone.
set role ninetwo_auth;
update auth.invitation i set state = 'replaced' where i.state in ('waiting', 'sent')
	and exists (select from auth.invitation l where l.person = i.person and l.state in ('waiting', 'sent') and (l.created_at, l.id) > (i.created_at, i.id));
create unique index invitation_one_open on auth.invitation (person) where state in ('waiting', 'sent');
reset role;
