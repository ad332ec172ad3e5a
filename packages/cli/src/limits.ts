/* Every limit of the command line; see packages/core/src/model/limits.ts. */

/**
 * Policies that one tree may bring along: each is read whole, and holds for all that lies below it.
 * @unit policies
 * @cwe 400
 */
export const MAX_FOREIGN = 200;

/**
 * Four bytes for each character that a policy may have: what is larger need not be read to be refused.
 * @unit bytes
 * @cwe 400
 */
export const MAX_POLICY_BYTES = 4_000_000;

/**
 * Files that one statement may name.
 * @unit subjects
 * @cwe 770
 */
export const MOST_SUBJECTS = 5_000_000;

/**
 * Signatures of one envelope that are checked.
 * @unit signatures
 * @cwe 770
 */
export const MOST_SIGNATURES = 100;

/**
 * A file of a key: PEM of Ed25519 has some 120 bytes.
 * @unit bytes
 * @cwe 770
 */
export const LARGEST_KEY = 16 * 1024;

/**
 * A signed envelope: the largest record in base64.
 * @unit bytes
 * @cwe 770
 */
export const LARGEST_ENVELOPE = 400 * 1024 * 1024;

/**
 * Artifacts without a hash that are named; the rest is counted.
 * @unit artifacts
 * @cwe 770
 */
export const MOST_NAMED = 3;

/**
 * Standard input, which is held in memory: a larger one is incomplete.
 * @unit bytes
 * @cwe 770
 */
export const LARGEST_STANDARD_INPUT = 1024 * 1024 * 1024;

/**
 * Threads of `--jobs`: more only cost memory.
 * @unit threads
 * @cwe 400
 */
export const MOST_JOBS = 64;

/**
 * A file of git's: a list of packed references has some 60 bytes for each; a configuration is far smaller.
 * @unit bytes
 * @cwe 770
 */
export const LARGEST_GIT_FILE = 16 * 1024 * 1024;

/**
 * One text of a report that is read: evidence and messages are cut long before; a name in an archive may have 64 KiB.
 * @unit characters
 * @cwe 770
 */
export const LONGEST_TEXT = 256 * 1024;

/**
 * A report or record that is read: 10,000 findings of the usual size take 20 MiB; a parsed report takes some five times its bytes.
 * @unit bytes
 * @cwe 770
 */
export const LARGEST_JSON = 256 * 1024 * 1024;

/**
 * Findings of a report that is read: more than any real run has, so that a report of a few megabytes cannot ask for hours of work.
 * @unit findings
 * @cwe 770
 */
export const MOST_FINDINGS = 200_000;

/**
 * Paths that the run of a report may name.
 * @unit paths
 * @cwe 770
 */
export const MOST_PATHS = 10_000;

/**
 * One path of a report that is read: Linux takes 4,096 bytes.
 * @unit characters
 * @cwe 770
 */
export const LONGEST_PATH = 4096;

/**
 * A timeout that a report may ask for: a day.
 * @unit seconds
 * @cwe 400
 */
export const LONGEST_TIMEOUT_S = 86_400;

/**
 * Envelopes of one file. `attest` writes two; a file with more is refused.
 * @unit envelopes
 * @cwe 770
 */
export const MOST_ENVELOPES = 10;

/**
 * Rules, or policies, that one statement may name. A statement with more is refused.
 * @unit names
 * @cwe 770
 */
export const MOST_NAMES = 10_000;

/**
 * Findings of one closure record. A report lists 10,000 for each artifact; a record with more is refused.
 * @unit findings
 * @cwe 770
 */
export const MOST_CLOSURES = 1_000_000;

/**
 * Certificates of one chain. Honest chains have three or four; a longer one is refused.
 * @unit certificates
 * @cwe 770
 */
export const MOST_CERTIFICATES = 20;

/**
 * Certificates of a file of trusted ones. The largest public stores have some 150; a larger file is refused.
 * @unit certificates
 * @cwe 770
 */
export const MOST_TRUSTED = 1_000;

/**
 * One file of certificates or keys. A certificate takes some 2 KB; a larger file is refused.
 * @unit bytes
 * @cwe 770
 */
export const LARGEST_PEM = 4 * 1024 * 1024;

/**
 * Files, or shards of files, that a signature of a model may name. A signature of more is refused.
 * @unit resources
 * @cwe 770
 */
export const MOST_RESOURCES = 5_000_000;

/**
 * Paths that a signature of a model may leave out. A signature with more is refused.
 * @unit paths
 * @cwe 770
 */
export const MOST_IGNORED = 10_000;

/**
 * Files that are not as a lock has them and are named one by one; the rest is counted.
 * @unit files
 * @cwe 770
 */
export const MOST_LOCK_LINES = 200;

/**
 * One name of a file that is fetched, between its slashes: file systems take 255 bytes.
 * @unit bytes
 * @cwe 770
 */
export const LONGEST_NAME = 255;

/**
 * Shards of one list.
 * @unit shards
 * @cwe 400
 */
export const MOST_SHARDS = 1_000_000;

/**
 * Facts of one record of a batch, some 60 MB. The record of a source with more leaves them out, says so, and has its findings.
 * @unit facts
 * @cwe 770
 */
export const MAX_RECORD_FACTS = 50_000;

/**
 * Runs that end in the middle of one source of a batch. Its record says so then, and is incomplete.
 * @unit runs
 * @cwe 835
 */
export const MOST_LOST_RUNS = 3;

/**
 * Remote sources that a batch reads at a time.
 * @unit sources
 * @cwe 770
 */
export const REMOTE_AT_ONCE = 8;
