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
