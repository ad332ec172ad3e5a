-- Up Migration
-- Which object of a bucket a file is, and in which state it was listed (key, size, ETag, version): it is opened again by this
-- without a listing, and other bytes are noticed. Null where its name is enough.
ALTER TABLE sentinel.artifacts ADD COLUMN listed jsonb;
-- Down Migration
ALTER TABLE sentinel.artifacts DROP COLUMN listed;
