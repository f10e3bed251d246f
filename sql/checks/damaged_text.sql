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
   or text ~ '([ØÙ][\u0080-\u00BF§¨©ª]){4}'
