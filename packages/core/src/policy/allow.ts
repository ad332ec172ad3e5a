import { classifyName, makerEntry } from '../catalogue/classify.js';
import { findAllowed } from '../catalogue/allowed.js';
import { weightsOnlyKind } from '../catalogue/lookup.js';
import { ANY_FINDING } from '../model/fingerprint.js';
import type { AllowEntry, Policy } from '../model/policy.js';
import type { Report } from '../model/report.js';

/** An entry or acceptance counts up to and including its last day. Both are ISO dates, which sort as text. */
export function isExpired(expires: string | null, today: string): boolean {
  return expires !== null && expires < today;
}

/** The entries that count for one artifact, by name: one for every artifact before one for this artifact alone. */
export function activeAllow(policy: Policy, today: string, sha256: string | null): ReadonlyMap<string, AllowEntry> {
  const active = new Map<string, AllowEntry>();
  for (const item of policy.allow) {
    if (isExpired(item.expires, today) || (item.sha256 !== null && item.sha256 !== sha256)) continue;
    const known = active.get(item.entry);
    const isWider = known !== undefined && known.role === 'bare' && item.role === 'maker';
    const isSame = known !== undefined && known.role === item.role;
    if (known === undefined || isWider || (isSame && known.sha256 !== null && item.sha256 === null))
      active.set(item.entry, item);
  }
  return active;
}

/** The names that count, and those among them that may be called, as `classifyGlobal` takes them. */
export function allowedNames(active: ReadonlyMap<string, AllowEntry>): ReadonlySet<string> {
  const names = new Set(active.keys());
  for (const [name, { role }] of active) if (role === 'maker') names.add(makerEntry(name));
  return names;
}

/**
 * Names of which some entry counts for one artifact only: what names them has to be hashed; ANY_FINDING where an acceptance
 * is pinned.
 */
export function pinnedNames(policy: Policy, today: string): string[] {
  const isPinned = (item: { readonly sha256: string | null; readonly expires: string | null }): boolean =>
    item.sha256 !== null && !isExpired(item.expires, today);
  const names = new Set(policy.allow.filter(isPinned).map((item) => item.entry));
  return policy.accept.some(isPinned) ? [ANY_FINDING, ...names] : [...names];
}

/** Why an unexpired entry changes nothing in any scan, or null. */
export function shadowOf(item: AllowEntry, policy: Policy, today: string): string | null {
  for (const other of policy.allow) {
    if (other === item) break;
    const says = other.role === item.role || other.role === 'maker';
    if (other.entry === item.entry && says && other.sha256 === item.sha256 && !isExpired(other.expires, today))
      return `the entry at ${other.origin} says the same`;
  }
  if (item.sha256 !== null) {
    const wider = policy.allow.find(
      (other) =>
        other.entry === item.entry &&
        (other.role === item.role || other.role === 'maker') &&
        other.sha256 === null &&
        !isExpired(other.expires, today),
    );
    if (wider !== undefined) return `the entry at ${wider.origin} allows it in every artifact`;
  }
  // The allowlist says more of a name than that it may be there: who may call it is not said with that.
  if (item.role === 'maker') return null;
  // PyTorch's restricted loader has a list of its own: a name that it lacks is a finding of a checkpoint until an entry has it.
  return isBuiltIn(item.entry) && weightsOnlyKind(item.entry) !== null ? BUILT_IN : null;
}

const BUILT_IN = 'the built-in allowlist has it';

/** A function that saves only store is no longer allowed once it is called. */
function isBuiltIn(entry: string): boolean {
  const dot = entry.lastIndexOf('.');
  const [module, name] = [entry.slice(0, dot), entry.slice(dot + 1)];
  return classifyName(module, name, false).class === 'allowed' && findAllowed(module, name)?.storedOnly !== true;
}

/** What an entry is for that no finding needed, where the allowlist has its name; null where it has not. */
function purposeOf({ entry, role }: AllowEntry): string | null {
  return isBuiltIn(entry) && role !== 'maker'
    ? `${BUILT_IN}; the entry counts for checkpoints that PyTorch's restricted loader refuses`
    : null;
}

/** What a scan made of the user's entries. */
export class AllowUse {
  readonly #used = new Set<AllowEntry>();
  readonly #others = new Map<string, string>();

  /** An entry made a global allowed. */
  count(entry: AllowEntry | undefined): void {
    if (entry !== undefined) this.#used.add(entry);
  }

  /** An artifact names what an entry allows in another artifact. */
  refuse(entry: string, artifact: string, sha256: string | null): void {
    if (this.#others.has(entry)) return;
    const hash = sha256 === null ? 'could not be hashed' : `has SHA-256 ${sha256}`;
    this.#others.set(entry, `pinned to another artifact: ${artifact} names it and ${hash}`);
  }

  /** What became of each entry, for the report. */
  states(policy: Policy, today: string): Report['allow'] {
    return policy.allow.map((item) => ({
      entry: item.entry,
      role: item.role,
      ...this.#stateOf(item, policy, today),
      why: item.why,
      owner: item.owner,
      expires: item.expires,
      sha256: item.sha256,
      origin: item.origin,
    }));
  }

  #stateOf(item: AllowEntry, policy: Policy, today: string): Pick<Report['allow'][number], 'state' | 'detail'> {
    if (isExpired(item.expires, today)) return { state: 'expired', detail: `its last day was ${item.expires ?? ''}` };
    if (this.#used.has(item)) return { state: 'used', detail: null };
    const shadow = shadowOf(item, policy, today);
    if (shadow !== null) return { state: 'shadowed', detail: shadow };
    const elsewhere = item.sha256 === null ? undefined : this.#others.get(item.entry);
    return { state: 'unused', detail: elsewhere ?? purposeOf(item) };
  }
}
