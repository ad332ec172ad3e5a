import { roleOf } from '../catalogue/user-entry.js';
import { classifyGlobal } from '../catalogue/classify.js';
import { collect, type CollectOptions, type ScanInput } from '../collect.js';
import { IN_FINDINGS } from '../rules/standing.js';
import type { Fact } from '../model/fact.js';
import type { AllowRole } from '../model/allow-role.js';
import { checkAllowEntry, type EntryCheck } from './check.js';
import type { FindSource } from './source-tree.js';
import { weightsOnlyReport, type WeightsOnlyReport } from './weights-only.js';

/** `safe-looking`: nothing in its source speaks against it. `review`: somebody has to look. `refused`: no entry can allow it. */
export type SuggestionStatus = 'safe-looking' | 'review' | 'refused';

/** An entry that a file needs. */
export interface Suggestion {
  readonly entry: string;
  readonly status: SuggestionStatus;
  readonly reason: string;
  /** Look-ups over all streams. */
  readonly count: number;
  readonly called: boolean;
  /** What the file needs it for: `maker` where it is called, not only made an instance of. */
  readonly role: AllowRole;
  /** The first occurrence. */
  readonly at: { readonly path: string; readonly offset: number };
  /** What is known of the entry; null for what no name can be given of. */
  readonly check: EntryCheck | null;
}

export interface FileSuggestions {
  readonly path: string;
  readonly format: string | null;
  /** What could not be read: there may be more to allow. */
  readonly incomplete: readonly string[];
  readonly suggestions: readonly Suggestion[];
  /** Null for a file that is no checkpoint of PyTorch. */
  readonly weightsOnly: WeightsOnlyReport | null;
}

const NOBODY: ReadonlySet<string> = new Set();

interface Needed {
  readonly reason: string | null;
  readonly at: Suggestion['at'];
  count: number;
  called: boolean;
  role: AllowRole;
}

/** The smallest set of entries that a file needs to be free of unexpected globals, and what prevents that. */
export async function suggestAllow(
  input: ScanInput,
  find: FindSource | null,
  options: CollectOptions = {},
): Promise<FileSuggestions> {
  const found = await collect(input, { ...options, digests: false, interest: IN_FINDINGS });
  const facts = [...found.facts, ...found.streams.flatMap((stream) => stream.facts)];
  const needed = new Map<string, Needed>();
  for (const fact of facts) need(fact, needed);
  const suggestions = [...needed].map(([entry, { reason, at, count, called, role }]): Suggestion => {
    if (reason !== null) return { entry, status: 'refused', reason, count, called, role, at, check: null };
    const check = checkAllowEntry(entry, find, role);
    const status = check.verdict === 'refused' ? 'refused' : check.verdict === 'clear' ? 'safe-looking' : 'review';
    return { entry, status, reason: check.reason, count, called, role, at, check };
  });
  return {
    path: found.path,
    format: found.format,
    incomplete: found.notices.map(
      ({ path, offset, reason }) => `${path}${offset === null ? '' : ` @${offset}`}: ${reason}`,
    ),
    suggestions,
    weightsOnly: weightsOnlyReport(found.path, facts),
  };
}

function need(fact: Fact, needed: Map<string, Needed>): void {
  if (fact.kind !== 'pickle.global' && fact.kind !== 'pickle.dynamic') return;
  const at = { path: fact.at.path, offset: fact.at.offset ?? 0 };
  const called = fact.callCount > 0;
  if (fact.kind === 'pickle.dynamic') {
    add(needed, `${fact.module}.${fact.name}`, {
      reason: `The name is computed while loading: ${fact.detail}.`,
      at,
      count: 1,
      called,
      role: 'bare',
    });
    return;
  }
  const verdict = classifyGlobal(fact, NOBODY);
  if (verdict.class === 'allowed') return;
  // Names of Python 2 count under the name that Python 3 looks up.
  const { module, name } = fact.mapped ?? fact;
  const judgedByCalls = verdict.conditional === true;
  const isRefused = verdict.class === 'dangerous' || judgedByCalls;
  add(needed, `${module}.${name}`, {
    reason: isRefused ? verdict.why : null,
    at,
    count: fact.count,
    called,
    role: roleOf(fact),
  });
}

function add(needed: Map<string, Needed>, entry: string, given: Needed): void {
  const known = needed.get(entry);
  if (known === undefined || (known.reason === null && given.reason !== null)) {
    needed.set(entry, {
      ...given,
      count: given.count + (known?.count ?? 0),
      called: given.called || known?.called === true,
      role: known?.role === 'maker' ? 'maker' : given.role,
    });
    return;
  }
  known.count += given.count;
  known.called ||= given.called;
  if (given.role === 'maker') known.role = 'maker';
}
