-- Pages that turned out to hold an erased article, and are not erased themselves.
select distinct l.key
from news.links as l
where l.outcome = 'rejected' and l.reason = %(erased)s
  and not exists (select from news.erasures as e where e.key = l.key)
order by l.key
