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
/** Heap of a process that reads strangers' bytes: the most facts that a file may have are some 600 MB (CWE-770). */
export const CHILD_HEAP_MB = 1_024;
/** What such a process may take beyond the deadline of a file before it counts as hung. */
export const CHILD_MARGIN_MS = 30_000;
/** Processes that one file may end before it is incomplete. */
export const CHILD_ATTEMPTS = 3;
/** Small files are given ahead, so that a process does not wait between two of them. */
export const CHILD_AHEAD_BYTES = 256 * 1024;
/** Files up to this size go to a process with the job; larger ones lie in a temporary file. */
export const SMALL_FILE_BYTES = 128 * 1024;
/** A file of a source that is read whole (CWE-400). */
export const MAX_FILE_BYTES = 512 * 2 ** 30;
/** Bytes that are asked of a source at a time. */
export const READ_BYTES = 8 * 2 ** 20;
/** Rows of a listing that are written at once. */
export const LIST_CHUNK = 500;
/** Files of a source that a worker remembers, so that a batch of one repository lists it once. */
export const LISTING_CACHE = 5_000;
/** Files around Python sources that are read, and their bytes; as the command line has it (CWE-770). */
export const MAX_TREE_FILES = 2_000;
export const MAX_TREE_BYTES = 64 * 2 ** 20;
/** Tries to reach a source before a file or an intake is given up. */
export const SOURCE_TRIES = 6;
/** Tries to open a file of a source, which does not say whether another time may be better. */
export const OPEN_TRIES = 2;
/** What was found of a batch is written after so long, though other files of it are not done yet. */
export const FLUSH_MS = 500;
/** A worker that finds no job looks again after so long. */
export const IDLE_MS = 200;
/** Artifacts whose verdicts are made again in one job. */
export const REJUDGE_PAGE = 200;
/** Requests to one source, of all workers together, unless the administrator sets others. */
export const SOURCE_RATE = { perSecond: 50, burst: 200 } as const;
