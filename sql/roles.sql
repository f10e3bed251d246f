-- Three group roles without login, and what each may do. Give a person or a service one of them:
--
--     create role ana login password '...' in role news_reader;
--
-- news_owner   owns the schema: migrations, erasures
-- news_loader  writes rows: loading, deduplicating; cannot change tables, cannot write or undo an erasure
-- news_reader  reads: researchers; notes its exports
--
-- Run by every migrate(). Roles belong to the whole server, so making them may be refused; then a notice says so,
-- everything else works, and an administrator can make them and run migrate() again.

do $$
declare
  wanted text;
  object record;
begin
  foreach wanted in array array['news_owner', 'news_loader', 'news_reader'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception
        when insufficient_privilege then
          raise warning 'role % is missing and % may not create roles; ask an administrator for: create role % nologin',
            wanted, current_user, wanted;
        when duplicate_object or unique_violation then
          null;  -- made this moment by the migration of another database on this server
      end;
    end if;
  end loop;

  -- Owned by the group, so that any of its members can migrate.
  if exists (select from pg_roles where rolname = 'news_owner') then
    if (select rolsuper from pg_roles where rolname = current_user)
       or pg_has_role(current_user, 'news_owner', 'USAGE') then
      begin
        execute format('grant create on database %I to news_owner', current_database());
        for object in
          select format('alter schema news owner to news_owner') as change
          from pg_namespace where nspname = 'news' and nspowner <> 'news_owner'::regrole
          union all
          select format('alter %s %s owner to news_owner', case relkind when 'v' then 'view' else 'table' end, oid::regclass)
          from pg_class
          where relnamespace = 'news'::regnamespace and relkind in ('r', 'v') and relowner <> 'news_owner'::regrole
          union all
          select format('alter function %s owner to news_owner', p.oid::regprocedure)
          from pg_proc as p
          where p.pronamespace = 'news'::regnamespace and p.proowner <> 'news_owner'::regrole
            and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
        loop
          execute object.change;
        end loop;
      exception when insufficient_privilege then
        raise warning 'news_owner does not own the schema: %', sqlerrm;
      end;
    end if;
  end if;

  -- Whoever owns the tables may grant; grants to roles that are missing are left out.
  if exists (select from pg_roles where rolname = 'news_reader') then
    grant usage on schema news to news_reader;
    grant select on all tables in schema news to news_reader;
    revoke select on news.erasures from news_reader;
    grant select (key, erased_at, finished_at) on news.erasures to news_reader;
    -- a reader's export is noted, so that what is erased later can be taken out of it; others' exports are not shown
    revoke select on news.exports from news_reader;
    grant insert (path, format, selection, row_count, sha256, article_ids) on news.exports to news_reader;
    grant execute on all functions in schema news to news_reader;
    revoke execute on function news.delete_left_versions(uuid[]), news.delete_left_articles(uuid[]) from news_reader;
  end if;
  if exists (select from pg_roles where rolname = 'news_loader') then
    grant usage on schema news to news_loader;
    grant select on all tables in schema news to news_loader;
    grant insert, update on
      news.outlets, news.outlet_affiliations, news.crawls, news.crawl_files, news.fetches, news.links, news.articles,
      news.article_versions, news.article_updates, news.article_parts, news.rejections, news.tags, news.statements, news.statement_roles,
      news.statement_sites, news.statement_numbers, news.statement_citations, news.stories, news.story_articles,
      news.copy_pairs, news.reports, news.report_places, news.story_components, news.unsettled, news.settled_by,
      news.fingerprints, news.fingerprint_marks, news.places, news.actors, news.sources, news.event_types
      to news_loader;
    grant insert on news.story_moves to news_loader;
    -- only what is derived or declared may be taken back
    grant delete on
      news.outlet_affiliations, news.article_updates, news.article_parts, news.rejections, news.tags, news.statements, news.statement_roles,
      news.statement_sites, news.statement_numbers, news.statement_citations, news.stories, news.story_articles,
      news.copy_pairs, news.reports, news.report_places, news.story_components, news.unsettled, news.settled_by,
      news.fingerprints, news.fingerprint_marks, news.places, news.actors, news.sources, news.event_types
      to news_loader;
    grant execute on all functions in schema news to news_loader;
  end if;
end
$$
