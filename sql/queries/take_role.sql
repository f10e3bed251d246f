-- Take the rights of a group role; nothing where it does not exist or the user is no member of it.
-- set_config and not SET ROLE: a statement that finds no role would be an error.
select set_config('role', rolname, false)
from pg_roles
where rolname = %(role)s and pg_has_role(current_user, oid, 'MEMBER')
