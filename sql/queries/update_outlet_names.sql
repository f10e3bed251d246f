update news.articles set outlet_name = %(name)s, updated_at = now()
where outlet = %(outlet)s and outlet_name <> %(name)s
