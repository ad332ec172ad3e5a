-- What sign-ins, sessions and webhooks need besides.
-- Up Migration
SET LOCAL search_path = sentinel;

-- A sign-in that was begun, until its provider sends the person back. The cookie holds a secret whose hash is the key.
CREATE TABLE sign_ins (
  hash bytea PRIMARY KEY,
  state text NOT NULL,
  nonce text NOT NULL,
  verifier text NOT NULL,
  expires_at timestamptz NOT NULL
);

-- A session that somebody began with a token ends with that token.
ALTER TABLE sessions ADD COLUMN token uuid REFERENCES tokens;
CREATE INDEX sessions_by_token ON sessions (token);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- How the newest delivery of a webhook went.
ALTER TABLE webhooks ADD COLUMN last_at timestamptz;
ALTER TABLE webhooks ADD COLUMN last_status integer;
ALTER TABLE webhooks ADD COLUMN last_error text;

-- Deliveries from outside that were taken, so that one that is sent again does nothing.
CREATE TABLE inbound_deliveries (
  hook uuid NOT NULL REFERENCES inbound_hooks,
  id bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (hook, id)
);
CREATE INDEX inbound_deliveries_by_time ON inbound_deliveries (at);

-- How many artifacts were in which state when a day was last looked at.
CREATE TABLE posture (
  day date NOT NULL,
  state text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (day, state)
);

CREATE INDEX audit_by_action ON audit (action, number DESC);
CREATE INDEX audit_by_subject ON audit (subject, number DESC);

-- Down Migration
SET LOCAL search_path = sentinel;
DROP INDEX audit_by_subject;
DROP INDEX audit_by_action;
DROP TABLE posture;
DROP TABLE inbound_deliveries;
ALTER TABLE webhooks DROP COLUMN last_at, DROP COLUMN last_status, DROP COLUMN last_error;
DROP INDEX sessions_by_end;
ALTER TABLE sessions DROP COLUMN token;
DROP TABLE sign_ins;
