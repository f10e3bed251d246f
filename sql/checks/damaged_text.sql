-- warn
-- Text lost in decoding: U+FFFD in more than one of 200 characters, or Arabic read in a Western encoding.
select
  article_id,
  outlet,
  url,
  case
    when length(text) - length(replace(text, U&'\FFFD', '')) > length(text) / 200.0 then 'replacement characters'
    else 'Latin letters in place of Arabic ones'
  end as reason
from news.articles
where length(text) - length(replace(text, U&'\FFFD', '')) > length(text) / 200.0
   or text ~ '([ØÙ][\u0080-\u00BF\u0152\u0153\u0160\u0161\u0178\u017D\u017E\u0192\u02C6\u02DC\u2013-\u203A\u20AC\u2122]){4}'
