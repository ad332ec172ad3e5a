import { proposed, safeGlobal } from '../../catalogue/safe-globals.js';
import { cut, escapeText } from '../../model/escape.js';
import type { TorchLoadFact, TorchRefusal } from '../../model/fact.js';
import type { Match, RuleContext } from '../../model/rule.js';
import { MAX_LISTED } from '../../model/limits.js';
import { safeGlobalsWords, type SafeGlobals } from '../../model/safe-globals.js';

/** Longest name in a signal. */
const NAME_LENGTH = 200;

/** A checkpoint that PyTorch's restricted loader does not take, so that its user has to list names or do without it. */
export function refusedCheckpoint(fact: TorchLoadFact, context: RuleContext): Match | undefined {
  // PyTorch reads a TorchScript archive in C++.
  if (fact.outcome !== 'refused' || fact.format === 'torchscript') return undefined;
  const isVouched = (path: string): boolean => context.userAllow.has(path) || isHarmless(path);
  // A plain pickle is no checkpoint to any loader of PyTorch, which runs it before it notices: what it names decides.
  if (fact.format === 'pickle' && fact.names?.every(isVouched) === true) return undefined;
  const names = [...new Set(fact.refusals.flatMap(({ global }) => global ?? []))];
  const isTarOfVouched = fact.format === 'tar' && isEach(fact, isVouched);
  const proposal = proposed(fact.safeGlobals);
  const list = proposal.safeGlobals ?? [];
  const isVouchedList = proposal.safeGlobals !== null && list.every(isVouched);
  const allowedBy = isVouchedList ? list.filter((path) => context.userAllow.has(path)) : [];
  const entries = list.filter((path) => !isVouched(path)).map((entry) => ({ entry, role: 'bare' as const }));
  const match = {
    entries,
    signal: `weights_only refuses ${whatOf(fact, names)[0] ?? 'the tar format'}`,
    call: null,
    chain: evidence(fact, proposal),
    message: `torch.load(weights_only=True) of PyTorch ${fact.torch} refuses this checkpoint, for ${subject(fact, names)}. ${safeGlobalsWords({ ...fact, ...proposal })} ${isVouchedList || isTarOfVouched ? HARMLESS : RUNS}`,
  };
  if (allowedBy.length > 0) return { ...match, level: 0, quiet: true, allowedBy };
  return isVouchedList || isTarOfVouched ? { ...match, level: 0, severity: 'MEDIUM' } : { ...match, level: 2 };
}

const HARMLESS = 'All that PyTorch refuses is on the allowlist.';
const RUNS = 'Without the protection the file runs what it names.';

/** Every refusal is about a name for which this holds; the oldest format is refused with none as well. */
function isEach({ refusals, moreRefusals }: TorchLoadFact, holds: (path: string) => boolean): boolean {
  return moreRefusals === 0 && refusals.every(({ global, listable }) => listable && global !== null && holds(global));
}

/** Names that are refused, or the opcodes; escaped. */
function whatOf({ refusals }: TorchLoadFact, names: readonly string[]): readonly string[] {
  const what = names.length > 0 ? names : [...new Set(refusals.map(({ opcode }) => opcode))];
  return what.map((one) => cut(escapeText(one), NAME_LENGTH));
}

function subject(fact: TorchLoadFact, names: readonly string[]): string {
  const what = whatOf(fact, names);
  const [one] = what;
  if (one === undefined) return 'its format';
  const reason = names.length > 0 ? '' : ` (${cut(escapeText(fact.refusals[0]?.reason ?? ''), NAME_LENGTH)})`;
  return `${one}${reason}${what.length > 1 ? ` and ${what.length - 1} more` : ''}`;
}

function evidence(fact: TorchLoadFact, { safeGlobals, withheld }: SafeGlobals): string[] {
  const lines = fact.refusals.slice(0, MAX_LISTED).map(showRefusal);
  const more = fact.refusals.length + fact.moreRefusals - lines.length;
  if (more > 0) lines.push(`${more} further ${more === 1 ? 'refusal is' : 'refusals are'} not listed`);
  if (safeGlobals !== null) lines.push(`the smallest list: ${safeGlobals.join(', ')}`);
  else if (withheld !== null) lines.push(`not proposed: ${withheld.names.map(({ global }) => global).join(', ')}`);
  else if (fact.hopeless !== null) lines.push(`no list helps: ${fact.hopeless}`);
  return [...lines, ...fact.remarks];
}

function showRefusal({ opcode, offset, reason }: TorchRefusal): string {
  return `${opcode} @${offset} ${reason}`;
}

function isHarmless(path: string): boolean {
  return safeGlobal(path).class === 'harmless';
}
