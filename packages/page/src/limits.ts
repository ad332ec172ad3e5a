/* Limits of the page; see packages/core/src/model/limits.ts. */

/**
 * Bytes that are shown at once in the hex view.
 * @unit bytes
 * @cwe 770
 */
export const MAX_SHOWN_BYTES = 64 * 1024;

/**
 * Bytes of a policy. A longer one is refused.
 * @unit bytes
 * @cwe 400
 */
export const MAX_POLICY_BYTES = 4_000_000;

/**
 * Bytes of a JSON report that is opened. A longer one is refused.
 * @unit bytes
 * @cwe 400
 */
export const MAX_REPORT_BYTES = 256 * 2 ** 20;

/**
 * Files that are taken of one drop. A drop with more is refused as a whole, so that none is left out.
 * @unit files
 * @cwe 770
 */
export const MAX_DROPPED_FILES = 200_000;

/**
 * Folders in folders that are entered. A drop with deeper ones is refused as a whole.
 * @unit folders
 * @cwe 674
 */
export const MAX_FOLDER_DEPTH = 1_000;

/**
 * Policies that dropped folders may bring along; what lies below a further one is incomplete.
 * @unit policies
 * @cwe 400
 */
export const MAX_FOREIGN_POLICIES = 200;

/**
 * Bytes that are received from the Hub for one consent, listings and what is looked at afterwards included. What was not read then
 * is incomplete.
 * @unit bytes
 * @cwe 400
 */
export const MAX_RECEIVED_BYTES = 256 * 2 ** 20;

/**
 * Files of a repository that are collected before their turn.
 * @unit files
 * @cwe 770
 */
export const MAX_REMOTE_AHEAD = 64;

/**
 * Workers beside the first one.
 * @unit workers
 * @cwe 770
 */
export const MOST_COLLECTORS = 3;

/**
 * Tensors at whose ends the map of bytes is cut. With more of them a segment has the first of its tensors, and how many more.
 * @unit tensors
 * @cwe 770
 */
export const MAX_CUT_TENSORS = 20_000;
