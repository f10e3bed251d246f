delete from news.rejections where key = %(key)s
