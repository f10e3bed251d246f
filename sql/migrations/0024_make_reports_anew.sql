-- Reports of another shape: names, firm days, days that a number in the address leaves open. Those of before cannot be read
-- as such; they are derived, and `bulletins process --stale` makes them of the archive.
delete from news.report_places;
delete from news.reports;

comment on table news.report_places is 'Reports that share a key here and lie a few days apart are weighed against each other. Derived.';
comment on column news.report_places.place is 'Key of places; or a P-code with a type of event, so that a report that names no town is compared as well; or a P-code alone.';
comment on column news.report_places.first_day is 'First of the days that its text, a date that machines read or the number in its address tells; null: none does.';
