-- Up Migration
-- As reports name it: with the address and the revision. It can be opened by this name again.
ALTER TABLE sentinel.artifacts ADD COLUMN name text;
-- Down Migration
ALTER TABLE sentinel.artifacts DROP COLUMN name;
