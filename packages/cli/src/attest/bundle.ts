import { MOST_ENVELOPES } from '../limits.js';
import { createHash } from 'node:crypto';
import { Shape } from '../retest/json-shape.js';
import { readPayload, readSubjects, type CheckedStatement } from './check-statement.js';
import { openEnvelope, Refusal } from './dsse.js';
import type { PublicKey } from './keys.js';
import { PAYLOAD_TYPE, STATEMENT_TYPE } from './statement.js';
import { SUMMARY_TYPE } from './summary.js';

/**
 * An in-toto bundle, https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md: one envelope in each line. Ours
 * has the statement of a scan or a closure, and for a scan its summary.
 */

interface Line {
  /** As written in the file: what a digest of the envelope is made of. */
  readonly text: string;
  readonly value: unknown;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The JSON values of a file: one, or one in each line. */
export function readLines(text: string): readonly Line[] {
  const whole = parse(text);
  if (whole !== undefined) return [{ text: text.trim(), value: whole }];
  const lines = text.split('\n', MOST_ENVELOPES + 1).filter((line) => line.trim() !== '');
  if (lines.length > MOST_ENVELOPES) throw new Refusal(`more than ${MOST_ENVELOPES} envelopes`);
  return lines.map((line) => {
    const value = parse(line);
    if (value === undefined) throw new Refusal('it is no JSON');
    return { text: line, value };
  });
}

/** An envelope whose signature fits. */
export interface Opened {
  readonly text: string;
  readonly payload: Uint8Array;
  readonly predicateType: unknown;
}

/** The signed statement of a record, and its summary where there is one. Each envelope has to be by this key. */
export function openBundle(
  lines: readonly Line[],
  key: PublicKey,
): { readonly record: Opened; readonly summary: Opened | null } {
  const opened = lines.map(({ text, value }): Opened => {
    const payload = openEnvelope(value, PAYLOAD_TYPE, key);
    const predicateType = readPayload(payload, (root) =>
      typeof root === 'object' && root !== null ? (root as { predicateType?: unknown }).predicateType : undefined,
    );
    return { text, payload, predicateType };
  });
  const records = opened.filter((item) => item.predicateType !== SUMMARY_TYPE);
  const summaries = opened.filter((item) => item.predicateType === SUMMARY_TYPE);
  const [record] = records;
  if (record === undefined)
    throw new Refusal('it holds no statement of a scan or a closure: a summary alone does not say what was applied');
  if (records.length > 1 || summaries.length > 1)
    throw new Refusal('it holds several statements; one of a scan or a closure, and one summary of it were expected');
  return { record, summary: summaries[0] ?? null };
}

/** Refuses a summary that is about something else than the statement beside it. */
export function checkSummary(summary: Opened, record: Opened, checked: CheckedStatement): void {
  const refuse = (what: string): never => {
    throw new Refusal(`its SLSA summary does not fit its statement: ${what}`);
  };
  readPayload(summary.payload, (value) => {
    const root = new Shape(value, 'the summary');
    root.key('_type').oneOf([STATEMENT_TYPE]);
    const subjects = readSubjects(root);
    if (subjects.size !== checked.subjects.size || [...subjects.keys()].some((digest) => !checked.subjects.has(digest)))
      refuse('other subjects');
    const predicate = root.key('predicate');
    const inputs = predicate.key('inputAttestations').list(MOST_ENVELOPES);
    const digest = createHash('sha256').update(record.text).digest('hex');
    if (!inputs.some((input) => input.key('digest').key('sha256').text() === digest)) refuse('another statement');
    if (predicate.key('policy').key('digest').key('sha256').text() !== checked.policySha256) refuse('another policy');
    const result = predicate.key('verificationResult').oneOf(['PASSED', 'FAILED']);
    if ((result === 'PASSED') !== (checked.verdict === 'pass')) refuse('another result');
  });
}
