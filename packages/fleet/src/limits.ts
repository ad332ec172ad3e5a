/**
 * Every limit of the fleet, with its reason. Each protects against a request, a source or a file that asks for more than it is
 * worth (CWE-400, CWE-770, CWE-1284).
 */

/** Connections of one process to the database; PostgreSQL allows 100 in all unless it is set up otherwise (CWE-770). */
export const MAX_CONNECTIONS = 10;
/** A statement that takes longer is ended: no look-up or change of ours does (CWE-400). */
export const STATEMENT_MS = 60_000;
/** How long the embedded database may take to come up, recovery after a crash included. */
export const DATABASE_START_MS = 120_000;
/** Audit entries that are read at once when the chain is checked. */
export const AUDIT_PAGE = 1_000;
/** Facts of one file as JSON; the core ends an artifact at 100,000 facts or so (CWE-409). */
export const MAX_FACTS_BYTES = 512 * 2 ** 20;
/** Answers about verdicts that one process remembers, in characters of JSON. */
export const VERDICT_CACHE = 16 * 2 ** 20;
/** So old may the policy be by which a question is answered: a changed one holds everywhere after this. */
export const POLICY_AGE_MS = 1_000;
/** Findings of one artifact in lists and answers; its report has all of them. */
export const MAX_SHORT_FINDINGS = 200;
/** Jobs that are fetched at once: batches of 20 were drained 13 times as fast as single jobs, and larger ones more slowly. */
export const JOB_BATCH = 20;
/** Connections that the queue of one process has for itself. */
export const QUEUE_CONNECTIONS = 3;
/** So often somebody looks for jobs whose worker is gone. */
export const SUPERVISE_SECONDS = 5;
/** An upload (CWE-400); the administrator's setting may lower or raise it. */
export const MAX_UPLOAD_BYTES = 20 * 2 ** 30;
/** Characters of an address or of the name of an upload. */
export const MAX_ADDRESS = 2_048;
export const MAX_UPLOAD_NAME = 255;
