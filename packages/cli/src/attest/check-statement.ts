import { CATALOGUE_VERSION, UsageError } from '@sentinel/core';
import { Shape } from '../retest/json-shape.js';
import { Refusal } from './dsse.js';
import { PREDICATES, STATEMENT_TYPE, type StatementKind } from './statement.js';
import { MOST_RULES, MOST_SUBJECTS } from '../limits.js';

/** Clocks of two machines may differ by so much. */
const SKEW_MS = 5 * 60 * 1000;
const DAY_MS = 86_400_000;
/** Scans that pass, and closures that are complete. */
const GOOD = ['pass', 'closed'];

export interface StatementRules {
  readonly type: StatementKind | undefined;
  readonly maxAgeDays: number | undefined;
  readonly anyVerdict: boolean;
  readonly anyCatalogue: boolean;
  readonly now: Date;
}

export interface CheckedStatement {
  readonly kind: StatementKind;
  readonly verdict: string;
  readonly time: string;
  readonly tool: string;
  readonly catalogue: string;
  /** Categories and rules that were applied; empty for all. */
  readonly rules: readonly string[];
  /** SHA-256 → name. */
  readonly subjects: ReadonlyMap<string, string>;
}

/** Reads what a verified payload says and refuses what the rules do not take. */
export function checkStatement(payload: Uint8Array, rules: StatementRules): CheckedStatement {
  const checked = read(payload);
  const { kind, verdict, time, catalogue } = checked;
  if (rules.type !== undefined && rules.type !== kind)
    throw new Refusal(`it is about a ${kind}, not about a ${rules.type}`);
  const age = rules.now.getTime() - Date.parse(time);
  if (Number.isNaN(age)) throw new Refusal(`its time, ${time}, is none`);
  if (age < -SKEW_MS) throw new Refusal(`its time, ${time}, lies in the future`);
  if (rules.maxAgeDays !== undefined && age > rules.maxAgeDays * DAY_MS)
    throw new Refusal(`it is stale: ${Math.floor(age / DAY_MS)} days old, more than ${rules.maxAgeDays}`);
  if (!rules.anyCatalogue && catalogue !== CATALOGUE_VERSION)
    throw new Refusal(
      `it is stale: made with catalogue ${catalogue}, this version has ${CATALOGUE_VERSION}; scan again, or take it with --any-catalogue`,
    );
  if (!rules.anyVerdict && !GOOD.includes(verdict))
    throw new Refusal(`the ${kind} that it is about has the result "${verdict}"; --any-verdict takes it`);
  return checked;
}

function read(payload: Uint8Array): CheckedStatement {
  try {
    return readStatement(payload);
  } catch (error) {
    if (error instanceof UsageError) throw new Refusal(error.message);
    // No JSON, or no UTF-8.
    if (error instanceof SyntaxError || error instanceof TypeError) throw new Refusal('the payload is no JSON');
    throw error;
  }
}

function readStatement(payload: Uint8Array): CheckedStatement {
  const root = new Shape(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)), 'the statement');
  root.key('_type').oneOf([STATEMENT_TYPE]);
  const type = root.key('predicateType').oneOf(Object.values(PREDICATES));
  const kind = type === PREDICATES.scan ? 'scan' : 'closure';
  const subjects = new Map<string, string>();
  for (const subject of root.key('subject').list(MOST_SUBJECTS)) {
    const digest = subject
      .key('digest')
      .key('sha256')
      .matching(/^[0-9a-f]{64}$/, 'a SHA-256 of 64 hex digits');
    subjects.set(digest, subject.key('name').text());
  }
  const record = root.key('predicate').key('record');
  const tool = record.key('tool');
  return {
    kind,
    verdict: record.key(kind === 'scan' ? 'verdict' : 'outcome').text(),
    time: (kind === 'scan' ? record.key('run').key('startedAt') : record.key('time')).text(),
    tool: tool.key('version').text(),
    catalogue: tool.key('rules').text(),
    rules: record
      .key('run')
      .key('rules')
      .list(MOST_RULES)
      .map((item) => item.text()),
    subjects,
  };
}
