delete from news.outlet_affiliations where outlet = %(outlet)s and position >= %(affiliations)s
