-- The verdict of an intake follows its files in the transaction in which one of them changes. For that the part that no file has
-- is stored by itself, and what was not analysed of an artifact is stored with it: a promotion covers that as well.
-- Up Migration
SET LOCAL search_path = sentinel;
-- What the listing and the rules for repositories say, without the files. Null until it is concluded.
ALTER TABLE intakes ADD COLUMN own_verdict text CHECK (own_verdict IN ('pass', 'fail', 'incomplete'));
-- Files that stand against their intake.
CREATE INDEX artifacts_against ON artifacts (intake, state)
  WHERE state IN ('received', 'scanning', 'failed', 'incomplete', 'rejected');

UPDATE intakes i SET own_verdict = CASE
    WHEN findings @? '$[*] ? (@.action == "fail" && @.waived == null)' THEN 'fail'
    WHEN reason IS NOT NULL THEN 'incomplete'
    -- Some file was the reason.
    WHEN EXISTS (SELECT FROM artifacts a WHERE a.intake = i.id AND a.state NOT IN ('received', 'scanning', 'passed')) THEN 'pass'
    ELSE verdict END
  WHERE state = 'done';
UPDATE intakes i SET verdict = CASE
    WHEN own_verdict = 'fail' OR EXISTS (
      SELECT FROM artifacts a WHERE a.intake = i.id AND a.state IN ('failed', 'rejected')) OR EXISTS (
      SELECT FROM intakes o JOIN artifacts a ON a.intake = o.id
      WHERE i.kind = 'hf' AND o.kind = 'hf' AND o.pinned = i.pinned AND a.state = 'rejected') THEN 'fail'
    WHEN own_verdict = 'incomplete' OR EXISTS (
      SELECT FROM artifacts a WHERE a.intake = i.id AND a.state IN ('received', 'scanning', 'incomplete')) THEN 'incomplete'
    ELSE 'pass' END
  WHERE state = 'done' AND own_verdict IS NOT NULL;

-- What could not be analysed, in the words of the report without the name of the file. Verdicts of before do not say it; they are
-- made again of facts. One that passes has no gaps.
ALTER TABLE verdicts ADD COLUMN gaps text[] NOT NULL DEFAULT '{}';
DELETE FROM verdicts WHERE verdict <> 'pass';
ALTER TABLE artifacts ADD COLUMN gaps text[] NOT NULL DEFAULT '{}';
ALTER TABLE promotions ADD COLUMN gaps text[] NOT NULL DEFAULT '{}';
UPDATE settings SET value = '{"analysis": "", "catalogue": ""}' WHERE name = 'versions';
-- Down Migration
SET LOCAL search_path = sentinel;
ALTER TABLE promotions DROP COLUMN gaps;
ALTER TABLE artifacts DROP COLUMN gaps;
ALTER TABLE verdicts DROP COLUMN gaps;
DROP INDEX artifacts_against;
ALTER TABLE intakes DROP COLUMN own_verdict;
