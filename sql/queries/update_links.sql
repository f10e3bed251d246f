-- A crawl loaded again: what it brought, it brought. Its article is `unchanged` now only because it is here already.
update news.links as l set outcome = s.outcome, reason = s.outcome_reason, detail = s.outcome_detail
from staged_link_outcomes as s
where l.crawl_id = %(crawl_id)s and l.position_in_crawl = s.position_in_crawl
  and (l.outcome, l.reason, l.detail) is distinct from (s.outcome, s.outcome_reason, s.outcome_detail)
  and not coalesce(l.outcome = 'loaded_new' and s.outcome in ('new_version', 'unchanged'), false)
  and not coalesce(l.outcome = 'new_version' and s.outcome = 'unchanged', false)
