-- Roles, extensions and default rights of a new cluster. psql runs it as superuser, once.
-- Both databases to come (oms, and the tests' own) are copies of template1.
\set ON_ERROR_STOP on
\getenv owner_password OMS_OWNER_PASSWORD
\getenv app_password OMS_APP_PASSWORD

CREATE ROLE oms_owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE oms_app LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD :'app_password';
-- Sessions of all tenants share this role, and would read each other's statements in pg_stat_activity, values included.
ALTER ROLE oms_app SET track_activities = off;

\connect template1
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
ALTER DEFAULT PRIVILEGES FOR ROLE oms_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO oms_app;
ALTER DEFAULT PRIVILEGES FOR ROLE oms_owner IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO oms_app;

\connect postgres
CREATE DATABASE oms OWNER oms_owner TEMPLATE template1;
