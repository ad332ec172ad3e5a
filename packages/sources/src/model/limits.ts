/*
 * Every limit of remote sources, with its unit, the weakness that it stops (CWE) and why honest sources stay below it.
 * docs/limits.md is generated from here.
 */

/**
 * Redirects of one request, as browsers and curl take them by default or fewer. The Hub needs two.
 * @unit redirects
 * @cwe 835
 */
export const MAX_REDIRECTS = 10;

/**
 * Attempts of one request after broken connections and answers that ask to come again (408, 425, 5xx).
 * @unit attempts
 * @cwe 400
 */
export const MAX_ATTEMPTS = 4;

/**
 * Waits of one request for a rate limit to be lifted. A window of the Hub is five minutes.
 * @unit waits
 * @cwe 400
 */
export const MAX_RATE_WAITS = 3;

/**
 * The longest of these waits. A server that asks for more is not waited for.
 * @unit seconds
 * @cwe 400
 */
export const MAX_RATE_WAIT_SECONDS = 330;

/**
 * Time in which nothing of an answer comes: neither its header nor a further byte.
 * @unit milliseconds
 * @cwe 400
 */
export const IDLE_MS = 30_000;

/**
 * Time for one request with its answer. 4 MiB in this time is the speed of a telephone line; an answer with more bytes has as
 * much more time.
 * @unit milliseconds
 * @cwe 400
 */
export const REQUEST_MS = 300_000;

/**
 * Connections to one host, and requests that wait for its answers.
 * @unit requests
 * @cwe 770
 */
export const MAX_PER_HOST = 16;

/**
 * Bytes of one answer that is a document and no file: a page of a listing has 1,000 entries, some 400 KB.
 * @unit bytes
 * @cwe 770
 */
export const MAX_DOCUMENT_BYTES = 16 * 2 ** 20;

/**
 * Files that a server gives whole only, ignoring ranges: so many bytes are held in memory, for each artifact that is analysed
 * at the same time. Larger ones are downloaded to a temporary file.
 * @unit bytes
 * @cwe 770
 */
export const MAX_WHOLE_BYTES = 32 * 2 ** 20;

/**
 * Files that a server gives whole only, ignoring ranges: larger ones are not downloaded to be scanned. `--max-download` names
 * another size.
 * @unit bytes
 * @cwe 400
 */
export const MAX_DOWNLOAD_BYTES = 2 ** 30;

/**
 * Bytes of an error that are read for what they say.
 * @unit bytes
 * @cwe 770
 */
export const MAX_ERROR_BYTES = 4 * 2 ** 10;

/**
 * Files of one source. The largest datasets of the Hub have more; they are named folder by folder.
 * @unit files
 * @cwe 770
 */
export const MAX_LISTED = 200_000;

/**
 * Objects of a bucket that are held and given in the order of a local walk. Of a larger one they are given as they come, so that
 * memory does not grow with the bucket.
 *
 * @unit files
 * @cwe 770
 */
export const MAX_ORDERED = 10_000;

/**
 * Pages of one listing: a page that is not empty has some 1,000 entries.
 * @unit pages
 * @cwe 835
 */
export const MAX_PAGES = 2_000;

/**
 * Files whose verdicts of the Hub are asked for. Those of the others are not shown, which the note says.
 * @unit files
 * @cwe 770
 */
export const MAX_VERDICTS = 2_000;

/**
 * A manifest or index of a registry: what registries take themselves (OCI distribution, "pushing manifests").
 * @unit bytes
 * @cwe 770
 */
export const MAX_MANIFEST_BYTES = 4 * 2 ** 20;

/**
 * Manifests below one address of a registry: an index has one for each platform.
 * @unit manifests
 * @cwe 770
 */
export const MAX_MANIFESTS = 500;

/**
 * Indexes within each other. Honest ones have one or two.
 * @unit indexes
 * @cwe 674
 */
export const MAX_INDEX_DEPTH = 4;

/**
 * The answer of a server of tokens.
 * @unit bytes
 * @cwe 770
 */
export const MAX_TOKEN_BYTES = 64 * 2 ** 10;

/**
 * The challenge of a registry: a scheme and three parameters. A longer one is not read.
 * @unit characters
 * @cwe 400
 */
export const MAX_CHALLENGE = 8 * 2 ** 10;

/**
 * The title of a layer, which is the name of a file. One with a longer title goes by its digest.
 * @unit characters
 * @cwe 770
 */
export const MAX_TITLE = 1_024;

/**
 * Elements of XML within each other. A listing has three.
 * @unit elements
 * @cwe 674
 */
export const MAX_XML_DEPTH = 16;

/**
 * Files of Python and of requirements of one repository that are held for the names that they give each other. What is
 * left out counts as unread where a name leads there.
 * @unit files
 * @cwe 770
 */
export const MAX_REPOSITORY_MODULES = 2_000;

/**
 * Bytes of all of them. The sources of transformers have 40 MB.
 * @unit bytes
 * @cwe 770
 */
export const MAX_REPOSITORY_MODULE_BYTES = 64 * 2 ** 20;
