/**
 * Every limit of the fleet, with its reason. Each protects against a request, a source or a file that asks for more than it is
 * worth (CWE-400, CWE-770, CWE-1284).
 */

/** Connections of one process to the database; PostgreSQL allows 100 in all unless it is set up otherwise (CWE-770). */
export const MAX_CONNECTIONS = 10;
/** A statement that takes longer is ended: no look-up or change of ours does (CWE-400). */
export const STATEMENT_MS = 60_000;
/** A search for a part of a path or an address: for two letters, and without pg_trgm, there is no index (CWE-400). */
export const SEARCH_MS = 5_000;
/** How long the embedded database may take to come up, recovery after a crash included. */
export const DATABASE_START_MS = 120_000;
/** Audit entries that are read at once when the chain is checked. */
export const AUDIT_PAGE = 1_000;

/** Header fields of one request in bytes; more is answered 431 (CWE-400). */
export const MAX_HEADER_BYTES = 16 * 1024;
/** How long the header of a request may take to come (slow loris, CWE-400). */
export const HEADERS_MS = 20_000;
/** How long the body of a request may take, uploads excepted (CWE-400). */
export const BODY_MS = 30_000;
/** How long an upload may send nothing (CWE-400). */
export const UPLOAD_IDLE_MS = 60_000;
/** JSON of one request: a policy of a megabyte, escaped, is the largest (CWE-770). */
export const MAX_JSON_BYTES = 3 * 1024 * 1024;
/** Of a delivery from outside: those of the Hub are some kilobytes (CWE-770). */
export const MAX_DELIVERY_BYTES = 256 * 1024;
/** Intakes that one delivery from outside may begin (CWE-770). */
export const MAX_REFS_OF_DELIVERY = 20;
/** Of a name that an upload gets, in UTF-8: what file systems take for one path, a quarter (CWE-1284). */
export const MAX_NAME_BYTES = 1024;
/** How far the time of a signed delivery may be from ours: what Standard Webhooks proposes (CWE-294). */
export const SIGNATURE_SECONDS = 300;
/** Within which a delivery that is sent again is recognised; longer than its signature holds (CWE-294). */
export const DELIVERY_DAYS = 1;
/** API tokens that are neither revoked nor run out (CWE-770). */
export const MAX_TOKENS = 1_000;
/** Webhooks in each direction: each event is sent to all of them (CWE-770). */
export const MAX_WEBHOOKS = 50;
/** How long a session holds (CWE-613). */
export const SESSION_HOURS = 8;
/** How long a person may take at the provider (CWE-613). */
export const SIGN_IN_MINUTES = 10;
/** What a provider may take for an answer. */
export const OIDC_SECONDS = 10;
/** Requests of a caller, at once and in a second; the gate's clients share a token (CWE-770). */
export const CALLER_RATE = { burst: 400, perSecond: 200 } as const;
/** Of those who have not shown who they are: sign-ins and deliveries from one address (CWE-307). */
export const STRANGER_RATE = { burst: 20, perSecond: 1 } as const;
/** How long a process keeps requests that it took out of a bucket. */
export const RATE_LEASE_MS = 1_000;
/** Callers whose leases a process keeps (CWE-770). */
export const MAX_LEASES = 10_000;
/** What a webhook's receiver may take for an answer, and how much of it is read (CWE-400). */
export const DELIVERY_MS = 10_000;
/** Rows of lists that have no pages: histories of policies, waivers that run out (CWE-770). */
export const MAX_ROWS = 500;
/** Findings of one intake that are counted by file and rule; a bucket has millions (CWE-770). */
export const MAX_MATRIX_ROWS = 20_000;
/** The furthest end of a waiver: one that nobody looks at again is no waiver but a rule. */
export const MAX_WAIVER_DAYS = 366;
/** Facts of one file as JSON; the core ends an artifact at 100,000 facts or so (CWE-409). */
export const MAX_FACTS_BYTES = 512 * 2 ** 20;
/** Facts as JSON up to here are judged by the process that is asked; larger ones in a child, one file at a time (CWE-400, CWE-770). */
export const SMALL_FACTS_BYTES = 2 ** 20;
/** The same, compressed: larger ones are not even fetched before it is their turn. */
export const SMALL_STORED_FACTS_BYTES = 256 * 1024;
/** Answers about verdicts that one process remembers, in characters of JSON. */
export const VERDICT_CACHE = 16 * 2 ** 20;
/** Questions about verdicts in one statement, and statements of one process with such questions at a time. */
export const QUESTIONS_AT_ONCE = 200;
export const QUESTIONS_UNDER_WAY = 2;
/** So old may the policy be by which a question is answered: a changed one holds everywhere after this. */
export const POLICY_AGE_MS = 1_000;
/** Findings of one artifact in lists and answers; its report has all of them. */
export const MAX_SHORT_FINDINGS = 200;
/** Parts of one artifact that could not be analysed, as they are stored with its verdict; of more there is a digest. */
export const MAX_GAPS = 50;
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
/** Of a path of a listing in UTF-8: those of S3 have no more, and an index of PostgreSQL has no room for twice as much (CWE-1284). */
export const MAX_PATH_BYTES = 1_024;
/** Objects of one bucket: they are listed page by page, and each is a row (CWE-770). */
export const MAX_OBJECTS = 20_000_000;
/** Rows of a listing that are written at once. */
export const LIST_CHUNK = 500;
/** Files of a source that a worker remembers, so that a batch of one repository lists it once. */
export const LISTING_CACHE = 20_000;
/** Files around Python sources that are read, and their bytes; as the command line has it (CWE-770). */
export const MAX_TREE_FILES = 2_000;
export const MAX_TREE_BYTES = 64 * 2 ** 20;
/** Paths of one repository that are held at once: sources of larger ones are analysed alone, and are incomplete (CWE-770). */
export const MAX_TREE_PATHS = 50_000;
/** Tries to reach a source before a file or an intake is given up. */
export const SOURCE_TRIES = 6;
/** Tries to open a file of a source, which does not say whether another time may be better. */
export const OPEN_TRIES = 2;
/** What was found of a batch is written after so long, though other files of it are not done yet. */
export const FLUSH_MS = 500;
/** A worker that finds no job looks again after so long, and less often the longer there is none. */
export const IDLE_MS = 200;
export const MAX_IDLE_MS = 500;
/** Days for which the numbers of artifacts by state are stored, unless the setting `postureDays` says otherwise. */
export const POSTURE_DAYS = 730;
/** Artifacts whose verdicts are made again in one job. */
export const REJUDGE_PAGE = 200;
/** Tokens of a source that one process takes in one statement, where its burst allows it. */
export const TOKENS_AT_ONCE = 100;
/** Requests to one source, of all workers together, unless the administrator sets others. */
export const SOURCE_RATE = { perSecond: 50, burst: 200 } as const;
/** Deliveries of webhooks that one process has in hand. */
export const DELIVERIES_AT_ONCE = 20;
/** So often it looks for new ones, and says that it lives. */
export const DELIVERY_POLL_MS = 1_000;
export const DELIVERY_TOUCH_MS = 10_000;
/** Spans of one process that wait for a collector or are on their way; further ones are lost (CWE-770). */
export const MAX_WAITING_SPANS = 4_096;
/** So often what has run out is put away, and waivers that end are looked for. */
export const HOUSEKEEPING_MS = 600_000;
/*
 * The gate for clients of the Hub.
 */

/** Path and query of a request; those of clients are below 1,000 characters, and a page of a listing has a cursor of some 200 (CWE-770). */
export const MAX_HUB_URL = 8_192;
/** A document of the Hub: what is known of a repository with some ten thousand files (CWE-770). */
export const MAX_HUB_DOCUMENT = 32 * 2 ** 20;
/** Objects and lists within each other in a document of the Hub; configurations in it have some six (CWE-674). */
export const MAX_HUB_DEPTH = 64;
/** Paths that one request asks about; huggingface_hub sends the files of a pattern (CWE-770). */
export const MAX_HUB_PATHS = 1_000;
/** Body of such a request. */
export const MAX_HUB_BODY = 2 ** 20;
/** An error in a header field: servers of clients refuse headers above 8 KB (CWE-770). */
export const MAX_ERROR_MESSAGE = 1_000;
/** Files, and rules of each, that a refusal names. */
export const SHOWN_REASONS = 3;
/** Between two looks at an analysis that a client waits for. */
export const HUB_POLL_MS = 200;
/** Clients that wait for an analysis at a time in one process; others are told to come again (CWE-770). */
export const MAX_HUB_WAITING = 500;
/** When a repository that could not be read is tried again for a client (CWE-400). */
export const RETRY_FAILED_MS = 600_000;
/** How long it is believed which commit a branch is. */
export const REVISION_MS = 20_000;
/** Branches, and files, of which such things are remembered (CWE-770). */
export const MAX_REMEMBERED = 20_000;
/** Files up to here are checked whole before the first byte goes out. */
export const WHOLE_BYTES = 16 * 2 ** 20;
/** How often a download from the Hub goes on where it broke. */
export const MAX_RESUMES = 4;
/** Downloads into checked copies at a time in one process (CWE-770). */
export const MAX_COPYING = 8;
/** A document of the Hub, waits for its rate limit included. */
export const HUB_DOCUMENT_MS = 30_000;
/** Checked copies that the gate keeps on its disk (CWE-400). */
export const MAX_HUB_COPIES_BYTES = 50 * 2 ** 30;
