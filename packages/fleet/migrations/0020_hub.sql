-- Up Migration
-- The gate for clients of the Hub looks for intakes that are not listed yet by their address.
CREATE INDEX intakes_unpinned ON sentinel.intakes (address) WHERE pinned IS NULL;
-- Down Migration
DROP INDEX sentinel.intakes_unpinned;
