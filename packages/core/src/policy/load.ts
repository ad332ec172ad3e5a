import { refuseUserEntry } from '../catalogue/classify.js';
import { PolicyError, UsageError } from '../model/errors.js';
import type { AllowEntry, Policy } from '../model/policy.js';
import { Draft } from './draft.js';
import { explainIssue, withoutMisspelt } from './issue.js';
import { POLICY_KEYS, policyDocument, type PolicyDocument } from './schema.js';
import { parseDocuments, type PositionedDocument } from './yaml-document.js';
import { append } from '../model/append.js';

/** A policy file as far as it is understood, and everything in it that is not. */
export interface ReadPolicy {
  readonly policy: Policy;
  /** In the order of the file. With any of them the policy does not count. */
  readonly problems: readonly PolicyError[];
}

/** Reads a policy file. Anything that is not understood is a PolicyError with line and column; nothing is guessed. */
export function loadPolicy(text: string, file: string, folder: string | null = null): Policy {
  const { policy, problems } = readPolicyText(text, file, folder);
  if (problems[0] !== undefined) throw problems[0];
  return policy;
}

/** `loadPolicy` for who wants to know all that is wrong. `folder`: what its globs begin in, see `Policy`. */
export function readPolicyText(text: string, file: string, folder: string | null = null): ReadPolicy {
  const draft = new Draft(file, folder);
  const problems: PolicyError[] = [];
  try {
    for (const document of parseDocuments(text, file)) {
      if (document.empty) continue;
      const found = validate(document);
      append(problems, found.problems);
      if (found.data !== null) draft.add(document, found.data);
    }
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    problems.push(error);
  }
  append(problems, draft.problems);
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
  return { policy: draft.policy(), problems };
}

function validate(document: PositionedDocument): { data: PolicyDocument | null; problems: PolicyError[] } {
  const value = document.toValue();
  const hidden = prototypeKeys(value);
  const result = policyDocument.safeParse(value);
  if (result.success && hidden.length === 0) return { data: result.data, problems: [] };
  const explained = withoutMisspelt(result.error?.issues ?? [], value).map((issue) =>
    explainIssue(issue, document, POLICY_KEYS, value),
  );
  const problems = explained.map(({ offset, message }) => document.errorAt(offset, message));
  for (const path of hidden) {
    const owner = path.length === 0 ? 'the document' : path.join('.');
    const error = document.errorAt(document.offsetOfKey(path, PROTOTYPE), `unknown key "${PROTOTYPE}" of ${owner}`);
    if (!problems.some((known) => known.line === error.line && known.column === error.column)) problems.push(error);
  }
  return { data: null, problems };
}

const PROTOTYPE = '__proto__';

/** The maps that hold this key: zod passes over it in maps with keys of any name. Recursion: MAX_POLICY_NESTING. */
function prototypeKeys(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const here = Object.hasOwn(value, PROTOTYPE) && !Array.isArray(value) ? [path] : [];
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => prototypeKeys(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => (key === PROTOTYPE ? [] : prototypeKeys(item, [...path, key])));
  return [...here, ...inside];
}

/** What `--also-allow` writes behind an entry that may be called. */
const MAKER = ':maker';

/** `module.name` or `module.name:maker`, taken apart. */
export function userEntry(given: string): Pick<AllowEntry, 'entry' | 'role'> {
  return given.endsWith(MAKER)
    ? { entry: given.slice(0, -MAKER.length), role: 'maker' }
    : { entry: given, role: 'bare' };
}

/** An entry of `--also-allow`, `module.name` or `module.name:maker`, held to the same rules as one of a policy. */
export function userAllowEntry(given: string): AllowEntry {
  const { entry, role } = userEntry(given);
  const refusal = refuseUserEntry(entry);
  if (refusal !== null) throw new UsageError(`--also-allow "${given}" is refused: ${refusal}`);
  return { entry, role, why: null, owner: null, expires: null, sha256: null, origin: '--also-allow' };
}
