-- What a listing left out and what a conclusion could not say are two reasons: another conclusion ends the second.
-- Up Migration
ALTER TABLE sentinel.intakes ADD COLUMN listing_reason text;
UPDATE sentinel.intakes SET listing_reason = reason WHERE state <> 'failed';
-- Down Migration
ALTER TABLE sentinel.intakes DROP COLUMN listing_reason;
