-- What a person rejected in a commit of the Hub stays rejected under every name of its repository: looked for by the commit.
-- Up Migration
CREATE INDEX intakes_by_commit ON sentinel.intakes ((coalesce(substring(pinned FROM '@([0-9a-f]{40})'), pinned))) WHERE kind = 'hf';
-- Down Migration
DROP INDEX sentinel.intakes_by_commit;
