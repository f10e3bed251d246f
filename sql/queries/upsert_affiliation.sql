insert into news.outlet_affiliations as a (outlet, position, stance, since, until, note)
values (%(outlet)s, %(position)s, %(stance)s, %(since)s, %(until)s, %(note)s)
on conflict (outlet, position) do update set
  stance = excluded.stance, since = excluded.since, until = excluded.until, note = excluded.note
where (a.stance, a.since, a.until, a.note) is distinct from
  (excluded.stance, excluded.since, excluded.until, excluded.note)
