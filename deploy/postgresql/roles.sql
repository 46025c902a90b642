-- Once, as a superuser, on the database server; the passwords are asked for by name:
--   psql -v app="'…'" -v owner="'…'" -v keeper="'…'" -v backup="'…'" -f roles.sql postgres
-- None of the four is a superuser. Who they are: docs/deploy.md.
\set ON_ERROR_STOP on
CREATE ROLE leerpact_owner LOGIN PASSWORD :owner;
CREATE ROLE leerpact_app LOGIN PASSWORD :app;
CREATE ROLE leerpact_keeper LOGIN PASSWORD :keeper;
-- Copies the whole server (pg_basebackup, pg_receivewal), and reads all of a database (pg_dump); changes nothing.
CREATE ROLE leerpact_backup LOGIN REPLICATION PASSWORD :backup;
GRANT pg_read_all_data TO leerpact_backup;
CREATE DATABASE leerpact OWNER leerpact_owner;
