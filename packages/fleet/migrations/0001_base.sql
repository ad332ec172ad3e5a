-- Everything of the fleet lies in the schema "sentinel"; the queue has its own, "pgboss".
-- Up Migration
CREATE SCHEMA IF NOT EXISTS sentinel;
SET LOCAL search_path = sentinel;

-- What one fleet is set up with, such as where uploads lie. Workers read it: they know nothing but the database.
CREATE TABLE settings (
  name text PRIMARY KEY,
  value jsonb NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- Bytes that were seen, by their SHA-256 as it was computed here, never as a source claims it.
CREATE TABLE contents (
  sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
  size bigint NOT NULL CHECK (size >= 0),
  -- Whether the object store has them. Those of remote sources are not stored.
  is_stored boolean NOT NULL DEFAULT false,
  first_seen timestamptz NOT NULL DEFAULT now()
);

-- What lies in these bytes, without an opinion: one row for one analysis, forever.
-- reading: what the name of a file promises, on which its analysis depends (".pkl", "config.json"), and for Python sources of a
-- repository the digest of the sources around it.
CREATE TABLE facts (
  sha256 bytea NOT NULL REFERENCES contents,
  reading text NOT NULL,
  analysis text NOT NULL,
  -- A `Collected` as JSON, compressed with zlib; its path is the placeholder of readings.ts.
  collected bytea NOT NULL,
  duration_ms integer NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sha256, reading, analysis)
);

-- What the rules say of these facts under one catalogue and one policy (waivers included in its digest): exactly one row.
CREATE TABLE verdicts (
  sha256 bytea NOT NULL,
  reading text NOT NULL,
  analysis text NOT NULL,
  catalogue text NOT NULL,
  policy bytea NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('pass', 'fail', 'incomplete')),
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 5),
  -- Findings in short: rule, severity, action, owner, fingerprint, title.
  findings jsonb NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sha256, reading, analysis, catalogue, policy),
  FOREIGN KEY (sha256, reading, analysis) REFERENCES facts
);

-- One request to take something in: an upload, a repository, a bucket, an image, an address.
CREATE TABLE intakes (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('upload', 'hf', 's3', 'oci', 'https')),
  -- As it was asked for, without secrets; the name of an upload.
  address text NOT NULL,
  -- With its revision, once it is known.
  pinned text,
  state text NOT NULL CHECK (state IN ('queued', 'listing', 'scanning', 'done', 'failed')),
  -- Why it failed or is incomplete, in words.
  reason text,
  -- Of the whole repository, the rules for repositories included; null until it is done.
  verdict text CHECK (verdict IN ('pass', 'fail', 'incomplete')),
  -- Findings of the repository that no single file has, in short.
  findings jsonb NOT NULL DEFAULT '[]',
  -- Higher is sooner: what a person waits for 100, a client of the gate 80, a schedule 10, a rescan 0.
  importance smallint NOT NULL DEFAULT 50,
  files integer NOT NULL DEFAULT 0,
  pending integer NOT NULL DEFAULT 0,
  requested_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz
);
CREATE INDEX intakes_by_pinned ON intakes (pinned, created_at DESC);
CREATE INDEX intakes_by_time ON intakes (created_at DESC);

-- One file of an intake.
CREATE TABLE artifacts (
  id uuid PRIMARY KEY,
  intake uuid NOT NULL REFERENCES intakes,
  -- Within the intake, with slashes.
  path text NOT NULL,
  reading text NOT NULL,
  size bigint,
  sha256 bytea CHECK (octet_length(sha256) = 32),
  -- False: the hash is the source's claim, which only stands for a verdict that real bytes of this hash have got.
  is_hash_computed boolean NOT NULL DEFAULT false,
  state text NOT NULL CHECK (state IN ('received', 'scanning', 'passed', 'failed', 'incomplete', 'promoted', 'rejected')),
  -- In words, for incomplete, promoted and rejected.
  reason text,
  attempts smallint NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL DEFAULT now(),
  -- Of the last change of state.
  changed_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (intake, path)
);
CREATE INDEX artifacts_by_content ON artifacts (sha256);
CREATE INDEX artifacts_by_state ON artifacts (state, changed_at DESC);
CREATE INDEX artifacts_by_time ON artifacts (received_at DESC, id);

-- Findings of artifacts as they stand, for lists and charts.
CREATE TABLE findings (
  artifact uuid NOT NULL REFERENCES artifacts,
  fingerprint text NOT NULL,
  rule text NOT NULL,
  severity text NOT NULL,
  action text NOT NULL,
  owner text NOT NULL,
  first_seen timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (artifact, fingerprint)
);
CREATE INDEX findings_by_rule ON findings (rule);
CREATE INDEX findings_by_owner ON findings (owner);

CREATE TABLE policies (
  sha256 bytea PRIMARY KEY,
  text text NOT NULL,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now()
);
-- Which one holds; the newest row counts.
CREATE TABLE policy_history (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 bytea NOT NULL REFERENCES policies,
  set_by text NOT NULL,
  set_at timestamptz NOT NULL DEFAULT now()
);

-- A finding that stays until a day, and who answers for it.
CREATE TABLE waivers (
  id uuid PRIMARY KEY,
  fingerprint text NOT NULL,
  -- Only for these bytes; null: wherever the fingerprint is found.
  sha256 bytea,
  owner text NOT NULL,
  reason text NOT NULL,
  expires_on date NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_by text,
  revoked_at timestamptz
);

CREATE TABLE tokens (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  -- SHA-256 of the token: it is random, and shown once.
  hash bytea NOT NULL UNIQUE,
  role text NOT NULL CHECK (role IN ('client', 'viewer', 'submitter', 'reviewer', 'admin')),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_on date,
  revoked_at timestamptz
);

CREATE TABLE sessions (
  hash bytea PRIMARY KEY,
  subject text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('client', 'viewer', 'submitter', 'reviewer', 'admin')),
  csrf bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

-- Who did what. Rows are added and never changed; each carries the hash of the one before it.
CREATE TABLE audit (
  number bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  -- Kind and id of what it was done to.
  subject text NOT NULL,
  detail jsonb NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL
);
CREATE FUNCTION audit_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is not changed';
END $$;
CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_final();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_final();

-- Token buckets: one for a source (host), one for an API token.
CREATE TABLE buckets (
  name text PRIMARY KEY,
  tokens double precision NOT NULL,
  -- When `tokens` was true.
  at timestamptz NOT NULL
);

CREATE TABLE webhooks (
  id uuid PRIMARY KEY,
  url text NOT NULL,
  secret text NOT NULL,
  events text[] NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);

-- Of a webhook from outside: its name in the path, and what it has to know.
CREATE TABLE inbound_hooks (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('huggingface', 'mlflow', 'generic')),
  secret text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);

-- Down Migration
DROP SCHEMA sentinel CASCADE;
