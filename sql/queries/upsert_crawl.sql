insert into news.crawls as c (
  crawl_id, outlet, started_at, finished_at, finish_reason, resumed_count, is_forced, replay, code_version,
  declaration_sha256, links_discovered, link_fates, fetch_outcomes, stats, airflow_run_id)
values (
  %(crawl_id)s, %(outlet)s, %(started_at)s, %(finished_at)s, %(finish_reason)s, %(resumed_count)s, %(is_forced)s,
  %(replay)s, %(code_version)s, %(declaration_sha256)s, %(links_discovered)s, %(link_fates)s, %(fetch_outcomes)s,
  %(stats)s, %(airflow_run_id)s)
on conflict (crawl_id) do update set
  finished_at = excluded.finished_at, finish_reason = excluded.finish_reason, resumed_count = excluded.resumed_count,
  code_version = excluded.code_version, links_discovered = excluded.links_discovered,
  link_fates = excluded.link_fates, fetch_outcomes = excluded.fetch_outcomes, stats = excluded.stats
where (c.finished_at, c.finish_reason, c.resumed_count, c.code_version, c.links_discovered, c.link_fates, c.fetch_outcomes,
       c.stats)
  is distinct from
      (excluded.finished_at, excluded.finish_reason, excluded.resumed_count, excluded.code_version,
       excluded.links_discovered, excluded.link_fates, excluded.fetch_outcomes, excluded.stats)
