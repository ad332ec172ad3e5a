/**
 * Every limit of the fleet, with its reason. Each protects against a request, a source or a file that asks for more than it is
 * worth (CWE-400, CWE-770, CWE-1284).
 */

/**
 * Connections of one process to the database; PostgreSQL allows 100 in all unless it is set up otherwise.
 * @unit connections
 * @cwe 770
 */
export const MAX_CONNECTIONS = 10;

/**
 * A statement that takes longer is ended: no look-up or change of ours does.
 * @unit ms
 * @cwe 400
 */
export const STATEMENT_MS = 60_000;

/**
 * A search for a part of a path or an address: for two letters, and without pg_trgm, there is no index.
 * @unit ms
 * @cwe 400
 */
export const SEARCH_MS = 5_000;

/**
 * How long the embedded database may take to come up, recovery after a crash included.
 * @unit ms
 * @cwe 400
 */
export const DATABASE_START_MS = 120_000;

/**
 * Audit entries that are read at once when the chain is checked.
 * @unit entries
 * @cwe 770
 */
export const AUDIT_PAGE = 1_000;

/**
 * Header fields of one request in bytes; more is answered 431.
 * @unit bytes
 * @cwe 400
 */
export const MAX_HEADER_BYTES = 16 * 1024;

/**
 * How long the header of a request may take to come (slow loris).
 * @unit ms
 * @cwe 400
 */
export const HEADERS_MS = 20_000;

/**
 * How long the body of a request may take, uploads excepted.
 * @unit ms
 * @cwe 400
 */
export const BODY_MS = 30_000;

/**
 * How long an upload may send nothing.
 * @unit ms
 * @cwe 400
 */
export const UPLOAD_IDLE_MS = 60_000;

/**
 * JSON of one request: a policy of a megabyte, escaped, is the largest.
 * @unit bytes
 * @cwe 770
 */
export const MAX_JSON_BYTES = 3 * 1024 * 1024;

/**
 * Of a delivery from outside: those of the Hub are some kilobytes.
 * @unit bytes
 * @cwe 770
 */
export const MAX_DELIVERY_BYTES = 256 * 1024;

/**
 * Intakes that one delivery from outside may begin.
 * @unit intakes
 * @cwe 770
 */
export const MAX_REFS_OF_DELIVERY = 20;

/**
 * Of a name that an upload gets, in UTF-8: what file systems take for one path, a quarter.
 * @unit bytes
 * @cwe 1284
 */
export const MAX_NAME_BYTES = 1024;

/**
 * How far the time of a signed delivery may be from ours: what Standard Webhooks proposes.
 * @unit seconds
 * @cwe 294
 */
export const SIGNATURE_SECONDS = 300;

/**
 * Within which a delivery that is sent again is recognised; longer than its signature holds.
 * @unit days
 * @cwe 294
 */
export const DELIVERY_DAYS = 1;

/**
 * API tokens that are neither revoked nor run out.
 * @unit tokens
 * @cwe 770
 */
export const MAX_TOKENS = 1_000;

/**
 * Webhooks in each direction: each event is sent to all of them.
 * @unit webhooks
 * @cwe 770
 */
export const MAX_WEBHOOKS = 50;

/**
 * How long a session holds.
 * @unit hours
 * @cwe 613
 */
export const SESSION_HOURS = 8;

/**
 * How long a person may take at the provider.
 * @unit minutes
 * @cwe 613
 */
export const SIGN_IN_MINUTES = 10;

/**
 * What a provider may take for an answer.
 * @unit seconds
 * @cwe 400
 */
export const OIDC_SECONDS = 10;

/** Requests of a caller, at once and in a second; the gate's clients share a token (CWE-770). */
export const CALLER_RATE = { burst: 400, perSecond: 200 } as const;
/** Of those who have not shown who they are: sign-ins and deliveries from one address (CWE-307). */
export const STRANGER_RATE = { burst: 20, perSecond: 1 } as const;

/**
 * How long a process keeps requests that it took out of a bucket.
 * @unit ms
 * @cwe 400
 */
export const RATE_LEASE_MS = 1_000;

/**
 * Callers whose leases a process keeps.
 * @unit callers
 * @cwe 770
 */
export const MAX_LEASES = 10_000;

/**
 * What a webhook's receiver may take for an answer, and how much of it is read.
 * @unit ms
 * @cwe 400
 */
export const DELIVERY_MS = 10_000;

/**
 * Rows of lists that have no pages: histories of policies, waivers that run out.
 * @unit rows
 * @cwe 770
 */
export const MAX_ROWS = 500;

/**
 * Findings of one intake that are counted by file and rule; a bucket has millions.
 * @unit findings
 * @cwe 770
 */
export const MAX_MATRIX_ROWS = 20_000;

/**
 * The furthest end of a waiver: one that nobody looks at again is no waiver but a rule.
 * @unit days
 * @cwe 1284
 */
export const MAX_WAIVER_DAYS = 366;

/**
 * Facts of one file as JSON; the core ends an artifact at 100,000 facts or so.
 * @unit bytes
 * @cwe 409
 */
export const MAX_FACTS_BYTES = 512 * 2 ** 20;

/**
 * Facts as JSON up to here are judged by the process that is asked; larger ones in a child, one file at a time.
 * @unit bytes
 * @cwe 400
 */
export const SMALL_FACTS_BYTES = 2 ** 20;

/**
 * The same, compressed: larger ones are not even fetched before it is their turn.
 * @unit bytes
 * @cwe 770
 */
export const SMALL_STORED_FACTS_BYTES = 256 * 1024;

/**
 * Answers about verdicts that one process remembers, in characters of JSON.
 * @unit characters
 * @cwe 770
 */
export const VERDICT_CACHE = 16 * 2 ** 20;

/**
 * Questions about verdicts in one statement.
 * @unit questions
 * @cwe 770
 */
export const QUESTIONS_AT_ONCE = 200;

/**
 * Statements of one process with such questions at a time.
 * @unit statements
 * @cwe 770
 */
export const QUESTIONS_UNDER_WAY = 2;

/**
 * So old may the policy be by which a question is answered: a changed one holds everywhere after this.
 * @unit ms
 * @cwe 400
 */
export const POLICY_AGE_MS = 1_000;

/**
 * Findings of one artifact in lists and answers; its report has all of them.
 * @unit findings
 * @cwe 770
 */
export const MAX_SHORT_FINDINGS = 200;

/**
 * Parts of one artifact that could not be analysed, as they are stored with its verdict; of more there is a digest.
 * @unit parts
 * @cwe 770
 */
export const MAX_GAPS = 50;

/**
 * Jobs that are fetched at once: batches of 20 were drained 13 times as fast as single jobs, and larger ones more slowly.
 * @unit jobs
 * @cwe 770
 */
export const JOB_BATCH = 20;

/**
 * Connections that the queue of one process has for itself.
 * @unit connections
 * @cwe 770
 */
export const QUEUE_CONNECTIONS = 3;

/**
 * So often somebody looks for jobs whose worker is gone.
 * @unit seconds
 * @cwe 400
 */
export const SUPERVISE_SECONDS = 5;

/**
 * An upload; the administrator's setting may lower or raise it.
 * @unit bytes
 * @cwe 400
 */
export const MAX_UPLOAD_BYTES = 20 * 2 ** 30;

/**
 * An address of an intake.
 * @unit characters
 * @cwe 1284
 */
export const MAX_ADDRESS = 2_048;

/**
 * The name of an upload: what file systems take for one name.
 * @unit characters
 * @cwe 1284
 */
export const MAX_UPLOAD_NAME = 255;

/**
 * Heap of a process that reads strangers' bytes: the most facts that a file may have are some 600 MB.
 * @unit MiB
 * @cwe 770
 */
export const CHILD_HEAP_MB = 1_024;

/**
 * What such a process may take beyond the deadline of a file before it counts as hung.
 * @unit ms
 * @cwe 400
 */
export const CHILD_MARGIN_MS = 30_000;

/**
 * Processes that one file may end before it is incomplete.
 * @unit processes
 * @cwe 770
 */
export const CHILD_ATTEMPTS = 3;

/**
 * Small files are given ahead, so that a process does not wait between two of them.
 * @unit bytes
 * @cwe 770
 */
export const CHILD_AHEAD_BYTES = 256 * 1024;

/**
 * Files up to this size go to a process with the job; larger ones lie in a temporary file.
 * @unit bytes
 * @cwe 770
 */
export const SMALL_FILE_BYTES = 128 * 1024;

/**
 * A file of a source that is read whole.
 * @unit bytes
 * @cwe 400
 */
export const MAX_FILE_BYTES = 512 * 2 ** 30;

/**
 * Bytes that are asked of a source at a time.
 * @unit bytes
 * @cwe 770
 */
export const READ_BYTES = 8 * 2 ** 20;

/**
 * Of a path of a listing in UTF-8: those of S3 have no more, and an index of PostgreSQL has no room for twice as much.
 * @unit bytes
 * @cwe 1284
 */
export const MAX_PATH_BYTES = 1_024;

/**
 * Objects of one bucket: they are listed page by page, and each is a row.
 * @unit objects
 * @cwe 770
 */
export const MAX_OBJECTS = 20_000_000;

/**
 * Rows of a listing that are written at once.
 * @unit rows
 * @cwe 770
 */
export const LIST_CHUNK = 500;

/**
 * Files of a source that a worker remembers, so that a batch of one repository lists it once.
 * @unit files
 * @cwe 770
 */
export const LISTING_CACHE = 20_000;

/**
 * Files around Python sources that are read, as the command line has it.
 * @unit files
 * @cwe 770
 */
export const MAX_TREE_FILES = 2_000;

/**
 * Bytes of the files around Python sources, as the command line has it.
 * @unit bytes
 * @cwe 770
 */
export const MAX_TREE_BYTES = 64 * 2 ** 20;

/**
 * Paths of one repository that are held at once: sources of larger ones are analysed alone, and are incomplete.
 * @unit paths
 * @cwe 770
 */
export const MAX_TREE_PATHS = 50_000;

/**
 * Tries to reach a source before a file or an intake is given up.
 * @unit tries
 * @cwe 770
 */
export const SOURCE_TRIES = 6;

/**
 * Tries to open a file of a source, which does not say whether another time may be better.
 * @unit tries
 * @cwe 770
 */
export const OPEN_TRIES = 2;

/**
 * What was found of a batch is written after so long, though other files of it are not done yet.
 * @unit ms
 * @cwe 400
 */
export const FLUSH_MS = 500;

/**
 * A worker that finds no job looks again after so long, and less often the longer there is none.
 * @unit ms
 * @cwe 400
 */
export const IDLE_MS = 200;

/**
 * A worker that finds no job looks again after this time at the latest.
 * @unit ms
 * @cwe 400
 */
export const MAX_IDLE_MS = 500;

/**
 * Days for which the numbers of artifacts by state are stored, unless the setting `postureDays` says otherwise.
 * @unit days
 * @cwe 770
 */
export const POSTURE_DAYS = 730;

/**
 * Artifacts whose verdicts are made again in one job.
 * @unit artifacts
 * @cwe 770
 */
export const REJUDGE_PAGE = 200;

/**
 * Tokens of a source that one process takes in one statement, where its burst allows it.
 * @unit tokens
 * @cwe 770
 */
export const TOKENS_AT_ONCE = 100;

/** Requests to one source, of all workers together, unless the administrator sets others. */
export const SOURCE_RATE = { perSecond: 50, burst: 200 } as const;

/**
 * Deliveries of webhooks that one process has in hand.
 * @unit deliveries
 * @cwe 770
 */
export const DELIVERIES_AT_ONCE = 20;

/**
 * So often a process looks for new deliveries.
 * @unit ms
 * @cwe 400
 */
export const DELIVERY_POLL_MS = 1_000;

/**
 * A delivery in hand gives a sign of life so often.
 * @unit ms
 * @cwe 400
 */
export const DELIVERY_TOUCH_MS = 10_000;

/**
 * Spans of one process that wait for a collector or are on their way; further ones are lost.
 * @unit spans
 * @cwe 770
 */
export const MAX_WAITING_SPANS = 4_096;

/**
 * So often what has run out is put away, and waivers that end are looked for.
 * @unit ms
 * @cwe 400
 */
export const HOUSEKEEPING_MS = 600_000;

/*
 * The gate for clients of the Hub.
 */

/**
 * Path and query of a request; those of clients are below 1,000 characters, and a page of a listing has a cursor of some 200.
 * @unit characters
 * @cwe 770
 */
export const MAX_HUB_URL = 8_192;

/**
 * A document of the Hub: what is known of a repository with some ten thousand files.
 * @unit bytes
 * @cwe 770
 */
export const MAX_HUB_DOCUMENT = 32 * 2 ** 20;

/**
 * Objects and lists within each other in a document of the Hub; configurations in it have some six.
 * @unit levels
 * @cwe 674
 */
export const MAX_HUB_DEPTH = 64;

/**
 * Paths that one request asks about; huggingface_hub sends the files of a pattern.
 * @unit paths
 * @cwe 770
 */
export const MAX_HUB_PATHS = 1_000;

/**
 * The body of a request that asks about paths.
 * @unit bytes
 * @cwe 770
 */
export const MAX_HUB_BODY = 2 ** 20;

/**
 * An error in a header field: servers of clients refuse headers above 8 KB.
 * @unit characters
 * @cwe 770
 */
export const MAX_ERROR_MESSAGE = 1_000;

/**
 * Files, and rules of each, that a refusal names.
 * @unit reasons
 * @cwe 770
 */
export const SHOWN_REASONS = 3;

/**
 * Between two looks at an analysis that a client waits for.
 * @unit ms
 * @cwe 400
 */
export const HUB_POLL_MS = 200;

/**
 * Clients that wait for an analysis at a time in one process; others are asked to come again.
 * @unit clients
 * @cwe 770
 */
export const MAX_HUB_WAITING = 500;

/**
 * When a repository that could not be read is tried again for a client.
 * @unit ms
 * @cwe 400
 */
export const RETRY_FAILED_MS = 600_000;

/**
 * How long it is believed which commit a branch is.
 * @unit ms
 * @cwe 400
 */
export const REVISION_MS = 20_000;

/**
 * Branches, and files, of which such things are remembered.
 * @unit entries
 * @cwe 770
 */
export const MAX_REMEMBERED = 20_000;

/**
 * Files up to here are checked whole before the first byte goes out.
 * @unit bytes
 * @cwe 770
 */
export const WHOLE_BYTES = 16 * 2 ** 20;

/**
 * How often a download from the Hub goes on where it broke.
 * @unit times
 * @cwe 400
 */
export const MAX_RESUMES = 4;

/**
 * Downloads into checked copies at a time in one process.
 * @unit downloads
 * @cwe 770
 */
export const MAX_COPYING = 8;

/**
 * A document of the Hub, waits for its rate limit included.
 * @unit ms
 * @cwe 400
 */
export const HUB_DOCUMENT_MS = 30_000;

/**
 * Checked copies that the gate keeps on its disk.
 * @unit bytes
 * @cwe 400
 */
export const MAX_HUB_COPIES_BYTES = 50 * 2 ** 30;

/**
 * Signatures in the header of one delivery from outside: of a secret that is being replaced there are two.
 * @unit signatures
 * @cwe 770
 */
export const MAX_SIGNATURES = 4;
