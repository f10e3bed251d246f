-- Nothing but the key stays; what the page had become is `erased` now, as a load of the crawl would say.
update news.links set
  url = '', title = null, published_raw = null, published_at = null, detail = '',
  outcome = case when is_result then 'rejected' else outcome end,
  reason = case when is_result then %(erased)s else reason end
from (
  select
    crawl_id, position_in_crawl,
    coalesce(
      outcome in ('loaded_new', 'new_version', 'unchanged', 'quarantined')
      or outcome = 'rejected' and reason not in ('bad_url', 'off_domain', 'not_an_article_url'), false) as is_result
  from news.links
  where key = %(key)s
) as l
where (links.crawl_id, links.position_in_crawl) = (l.crawl_id, l.position_in_crawl)
  and (is_result and reason <> %(erased)s or url <> '' or detail <> ''
       or num_nonnulls(title, published_raw, published_at) > 0)
