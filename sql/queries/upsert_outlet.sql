insert into news.outlets as o (
  outlet, name, name_ar, name_ru, home_url, domains, languages, status, status_on, status_evidence, full_text_public,
  expected_daily_low, expected_daily_high, expected_dated_share, declaration_sha256)
values (
  %(outlet)s, %(name)s, %(name_ar)s, %(name_ru)s, %(home_url)s, %(domains)s, %(languages)s, %(status)s, %(status_on)s,
  %(status_evidence)s, %(full_text_public)s, %(expected_daily_low)s, %(expected_daily_high)s, %(expected_dated_share)s,
  %(declaration_sha256)s)
on conflict (outlet) do update set
  name = excluded.name, name_ar = excluded.name_ar, name_ru = excluded.name_ru, home_url = excluded.home_url,
  domains = excluded.domains, languages = excluded.languages, status = excluded.status, status_on = excluded.status_on,
  status_evidence = excluded.status_evidence, full_text_public = excluded.full_text_public,
  expected_daily_low = excluded.expected_daily_low, expected_daily_high = excluded.expected_daily_high,
  expected_dated_share = excluded.expected_dated_share, declaration_sha256 = excluded.declaration_sha256,
  updated_at = now()
where (o.name, o.name_ar, o.name_ru, o.home_url, o.domains, o.languages, o.status, o.status_on, o.status_evidence,
       o.full_text_public, o.expected_daily_low, o.expected_daily_high, o.expected_dated_share, o.declaration_sha256)
  is distinct from
      (excluded.name, excluded.name_ar, excluded.name_ru, excluded.home_url, excluded.domains, excluded.languages,
       excluded.status, excluded.status_on, excluded.status_evidence, excluded.full_text_public,
       excluded.expected_daily_low, excluded.expected_daily_high, excluded.expected_dated_share,
       excluded.declaration_sha256)
