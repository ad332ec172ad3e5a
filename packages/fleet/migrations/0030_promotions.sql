-- What stood against an artifact when a person promoted it: the promotion covers these findings, and no others.
-- Up Migration
SET LOCAL search_path = sentinel;
CREATE TABLE promotions (
  artifact uuid PRIMARY KEY REFERENCES artifacts,
  -- The bytes that were promoted.
  sha256 bytea,
  -- Fingerprints of the findings that failed it then.
  failing text[] NOT NULL,
  -- The state that it had; null where that was not written down.
  was text,
  promoted_by text NOT NULL,
  promoted_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO promotions (artifact, sha256, failing, was, promoted_by, promoted_at)
SELECT a.id, a.sha256, ARRAY(SELECT f.fingerprint FROM findings f WHERE f.artifact = a.id AND f.action = 'fail'),
  (SELECT detail ->> 'was' FROM audit WHERE subject = 'artifact:' || a.id AND action = 'artifact.promoted'
   ORDER BY number DESC LIMIT 1),
  coalesce((SELECT actor FROM audit WHERE subject = 'artifact:' || a.id AND action = 'artifact.promoted'
            ORDER BY number DESC LIMIT 1), 'a person'), a.changed_at
FROM artifacts a WHERE a.state = 'promoted';
-- Down Migration
DROP TABLE sentinel.promotions;
