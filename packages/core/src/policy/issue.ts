import type { $ZodIssue } from 'zod/v4/core';
import { didYouMean } from '../model/suggest.js';
import type { PositionedDocument } from './yaml-document.js';

export interface ExplainedIssue {
  readonly offset: number;
  readonly message: string;
}

/** Keys that a policy knows, by the path of their map. */
function knownKeys(path: readonly PropertyKey[], schema: KeyTable): readonly string[] {
  if (path.length === 0) return schema.document;
  if (path.at(-1) === 'reach') return schema.reach;
  if (path[0] === 'rules') return path.length === 1 ? schema.rules : schema.rule;
  if (path[0] === 'paths') return schema.paths;
  if (path[0] === 'source_comments') return schema.source_comments;
  return path[0] === 'allow' ? schema.allow : schema.accept;
}

interface KeyTable {
  readonly document: readonly string[];
  readonly rules: readonly string[];
  readonly rule: readonly string[];
  readonly reach: readonly string[];
  readonly allow: readonly string[];
  readonly accept: readonly string[];
  readonly paths: readonly string[];
  readonly source_comments: readonly string[];
}

/** `rules.PICKLE-EXEC.fail_on[0]` */
function nameOf(path: readonly PropertyKey[]): string {
  let name = '';
  for (const step of path) name += typeof step === 'number' ? `[${step}]` : `${name === '' ? '' : '.'}${String(step)}`;
  return name === '' ? 'the document' : name;
}

const KINDS: Readonly<Record<string, string>> = { string: 'text', array: 'a list', object: 'a map', record: 'a map' };

function found(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `text ${JSON.stringify(value)}`;
  return `${typeof value} ${JSON.stringify(value)}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

function unknownKey(
  issue: $ZodIssue & { keys: string[] },
  document: PositionedDocument,
  schema: KeyTable,
): ExplainedIssue {
  const keys = knownKeys(issue.path, schema);
  const [first = ''] = issue.keys;
  const what = issue.path[0] === 'rules' && issue.path.length === 1 ? 'rule' : 'key';
  const known = what === 'rule' ? `rules are ${keys.join(', ')}` : `${nameOf(issue.path)} may have ${keys.join(', ')}`;
  return {
    offset: document.offsetOfKey(issue.path, first),
    message: `unknown ${what} "${first}"; ${known}.${didYouMean(first, keys)}`,
  };
}

/** One issue of zod as a sentence for the author of the file, and its position. */
export function explainIssue(
  issue: $ZodIssue,
  document: PositionedDocument,
  schema: KeyTable,
  root: unknown,
): ExplainedIssue {
  if (issue.code === 'unrecognized_keys') return unknownKey(issue, document, schema);
  const { path } = issue;
  const name = nameOf(path);
  const value = valueAt(root, path);
  const key = String(path.at(-1));
  if (path.length > 0 && !document.has(path) && value === undefined) {
    return { offset: document.offsetOf(path.slice(0, -1)), message: `${nameOf(path.slice(0, -1))} lacks "${key}"` };
  }
  return { offset: document.offsetOf(path), message: `${name} ${complaint(issue, key, value)}` };
}

/** Without the keys that a map lacks where it has unknown ones: they are most often the same, misspelt. */
export function withoutMisspelt(issues: readonly $ZodIssue[], root: unknown): readonly $ZodIssue[] {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys').map(({ path }) => nameOf(path));
  return issues.filter(
    ({ code, path }) =>
      code === 'unrecognized_keys' || valueAt(root, path) !== undefined || !unknown.includes(nameOf(path.slice(0, -1))),
  );
}

function complaint(issue: $ZodIssue, key: string, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      // A fingerprint of digits is a number to YAML.
      return `has to be ${KINDS[issue.expected] ?? issue.expected}, not ${found(value)}${issue.expected === 'string' && typeof value === 'number' ? '; put it in quotes' : ''}`;
    case 'invalid_value': {
      const known = issue.values.map(String);
      const suggestion = typeof value === 'string' ? didYouMean(value, known) : '';
      return `has to be one of ${known.join(', ')}, not ${found(value)}.${suggestion}`;
    }
    case 'invalid_format':
      if (key === 'sha256') return `has to be the 64 hex characters of an artifact's SHA-256, not ${found(value)}`;
      return key === 'fingerprint'
        ? `has to be a finding's fingerprint, v2- and 32 hex characters, not ${found(value)}`
        : `has to be a day that exists, written YYYY-MM-DD, not ${found(value)}`;
    case 'too_small':
      return 'is empty';
    default:
      return `is not understood: ${found(value)}`;
  }
}
