-- Pages that a name may mean: by the start of the key, of which the article's id is one, or by an address of an article.
-- Two rows are enough to know that a name is not clear.
select key from news.articles where key >= %(key)s and key < %(key)s || 'g'
union
select key from news.articles where url = %(url)s or canonical_url = %(url)s
union
select key from news.erasures where key >= %(key)s and key < %(key)s || 'g'
union
select key from news.links where key >= %(key)s and key < %(key)s || 'g'
union
select key from news.fetches where key >= %(key)s and key < %(key)s || 'g'
limit 2
