-- Up Migration
-- Whether the facts say anything of the repository that the file lies in: of a million files few do.
ALTER TABLE sentinel.facts ADD COLUMN in_repository boolean NOT NULL DEFAULT true;
-- Down Migration
ALTER TABLE sentinel.facts DROP COLUMN in_repository;
