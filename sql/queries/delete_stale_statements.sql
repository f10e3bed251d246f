-- The texts of this load have exactly the statements that came with it; those of a model stay where the load brings none
-- of that model. Their parts go with them.
delete from news.statements as n
using staged_articles as a
where n.version_id = a.version_id
  and (n.method = 'rules' or n.method in (select method from staged_statements))
  and not exists (
    select from staged_statements as s
    where (s.version_id, s.method, s.statement_number, s.fingerprint)
        = (n.version_id, n.method, n.statement_number, n.fingerprint))
