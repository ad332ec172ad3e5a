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
