-- A part of a path or of an address is looked for by an index of three letters each, where the server has pg_trgm (PostgreSQL's own
-- contrib; the embedded one has it) and lets this user have it. Without it a search reads every row, and is ended when it takes long.
-- Up Migration
SET LOCAL search_path = sentinel;
DO $$
DECLARE
  at text;
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
    BEGIN
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
    EXCEPTION WHEN insufficient_privilege THEN
      RAISE NOTICE 'pg_trgm may not be created: searches read every row';
    END;
  END IF;
  SELECT n.nspname INTO at FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm';
  IF at IS NOT NULL THEN
    EXECUTE format('CREATE INDEX artifacts_by_part ON artifacts USING gin (path %I.gin_trgm_ops)', at);
    EXECUTE format('CREATE INDEX intakes_by_part ON intakes USING gin ((coalesce(pinned, address)) %I.gin_trgm_ops)', at);
  END IF;
END $$;
-- Down Migration
DROP INDEX IF EXISTS sentinel.intakes_by_part;
DROP INDEX IF EXISTS sentinel.artifacts_by_part;
