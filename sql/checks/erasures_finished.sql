-- warn
-- What was decided to be erased is out of tables and archive; `bulletins erase --pending` goes on where it is not.
select key, erased_at, 'erased, but not finished' as reason
from news.erasures
where finished_at is null
