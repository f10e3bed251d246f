-- The texts go to the article that their fetches are known to have brought now, of which this load has them, too.
select * from news.delete_left_versions(array(select article_id from staged_left))
