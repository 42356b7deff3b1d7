-- Divides a site's trips over 16 partitions by hash of session_id: while the app is away,
-- by the owner of the tables, after a backup. Each must fit twice for a moment.
--
--     psql -v ON_ERROR_STOP=1 --single-transaction -f deploy/partitions.sql "$DATABASE_URL"
--
-- Afterwards repeat `flask roles app` and `flask roles analyst` for the roles that there
-- are. Whether it pays is in GROWING.md.

DO $$
DECLARE
  parts CONSTANT integer := 16;
  ours CONSTANT regclass[] := ARRAY['sessions', 'messages', 'plan_versions',
    'session_members', 'session_events']::regclass[];
  again text[];  -- what stands on the tables, in the order in which it is made again
  of_rows regprocedure[];  -- what takes a row of theirs
  command text;
  its record;
BEGIN
  IF EXISTS (SELECT FROM pg_partitioned_table WHERE partrelid = 'sessions'::regclass) THEN
    RAISE 'The trips are in partitions already.';
  END IF;
  PERFORM set_config('search_path', 'public', true);

  SELECT array_agg(oid::regprocedure) INTO of_rows
  FROM pg_proc WHERE proargtypes::oid[] && ARRAY(
    SELECT reltype FROM pg_class WHERE oid = ANY (ours));
  SELECT array_agg(made ORDER BY step, name) INTO again FROM (
    SELECT 0 AS step, oid::regprocedure::text AS name, pg_get_functiondef(oid) AS made
    FROM pg_proc WHERE oid = ANY (of_rows)
    UNION ALL
    SELECT 1, conname, format(
      'ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
      pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = ANY (ours) AND contype = 'f'
    UNION ALL
    SELECT 2, tgname, pg_get_triggerdef(oid)
    FROM pg_trigger WHERE tgrelid = ANY (ours) AND NOT tgisinternal
    UNION ALL
    SELECT DISTINCT 3, v.relname, format(
      'CREATE OR REPLACE VIEW %s AS %s', v.oid::regclass, pg_get_viewdef(v.oid))
    FROM pg_depend AS d
    JOIN pg_rewrite AS r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
    JOIN pg_class AS v ON v.oid = r.ev_class
    WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY (ours)
  ) AS all_of_it;

  FOR its IN SELECT c.oid, c.relname AS name, c.reloptions AS options
    FROM pg_class AS c WHERE c.oid = ANY (ours)
  LOOP
    EXECUTE format('ALTER TABLE %I RENAME TO %I', its.name, its.name || '_whole');
    EXECUTE format(
      'CREATE TABLE %I (LIKE %I INCLUDING ALL) PARTITION BY HASH (session_id)',
      its.name, its.name || '_whole');
    FOR part IN 0 .. parts - 1 LOOP
      EXECUTE format(
        'CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)%s',
        its.name || '_' || part, its.name, parts, part,
        ' WITH (' || array_to_string(its.options, ', ') || ')');
    END LOOP;
    EXECUTE format('INSERT INTO %I SELECT * FROM %I', its.name, its.name || '_whole');
  END LOOP;

  FOREACH command IN ARRAY again LOOP
    EXECUTE command;
  END LOOP;
  FOREACH command IN ARRAY of_rows::text[] LOOP
    EXECUTE format('DROP FUNCTION %s', command);
  END LOOP;
  EXECUTE format('DROP TABLE %s', array_to_string(ours, ', '));
END
$$;
ANALYZE;
