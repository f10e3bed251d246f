-- fail
-- What was erased is not there.
select e.key, 'an erased page is in articles or rejections' as reason
from news.erasures as e
where exists (select from news.articles as a where a.key = e.key)
   or exists (select from news.rejections as r where r.key = e.key)
