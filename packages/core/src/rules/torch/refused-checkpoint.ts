import { classifyName } from '../../catalogue/classify.js';
import { cut, escapeText } from '../../model/escape.js';
import type { TorchLoadFact, TorchRefusal } from '../../model/fact.js';
import type { Match, RuleContext } from '../../model/rule.js';
import { MAX_LISTED } from '../../model/limits.js';

/** Longest name in a signal. */
const NAME_LENGTH = 200;

/** A checkpoint that PyTorch's restricted loader does not take, so that its user has to do without. */
export function refusedCheckpoint(fact: TorchLoadFact, context: RuleContext): Match | undefined {
  const [first] = fact.refusals;
  // PyTorch reads a TorchScript archive in C++, and a tar that names tensors only is refused for being a tar.
  if (fact.outcome !== 'refused' || first === undefined) return undefined;
  // A plain pickle is no checkpoint to any loader of PyTorch, which runs it before it notices: what it names decides.
  const isVouched = (path: string): boolean => context.userAllow.has(path) || isHarmless(path);
  if (fact.format === 'pickle' && fact.names?.every(isVouched) === true) return undefined;
  const names = [...new Set(fact.refusals.flatMap(({ global }) => global ?? []))];
  const what = names.length > 0 ? names : [...new Set(fact.refusals.map(({ opcode }) => opcode))];
  const [one = ''] = what;
  const shown = cut(escapeText(one), NAME_LENGTH);
  const others = what.length > 1 ? ` and ${what.length - 1} more` : '';
  const list = fact.safeGlobals;
  const match: Match = {
    signal: `weights_only refuses ${shown}`,
    call: null,
    chain: evidence(fact),
    message: `torch.load(weights_only=True) of PyTorch ${fact.torch} refuses this checkpoint, for ${shown}${names.length > 0 ? '' : ` (${cut(escapeText(first.reason), NAME_LENGTH)})`}${others}. ${remedy(list)}`,
    level: 2,
  };
  return list !== null && isVouchedFor(list, context) ? { ...match, level: 0, quiet: true } : match;
}

function remedy(list: readonly string[] | null): string {
  if (list === null)
    return 'No list of safe globals helps: its users have to switch the protection off, and then the file runs what it names.';
  const names = list.slice(0, MAX_LISTED).join(', ');
  const more = list.length > MAX_LISTED ? ` and ${list.length - MAX_LISTED} more` : '';
  return `It needs add_safe_globals([${cut(escapeText(names), 400)}${more}]); without the protection the file runs what it names.`;
}

function evidence(fact: TorchLoadFact): string[] {
  const lines = fact.refusals.slice(0, MAX_LISTED).map(showRefusal);
  const more = fact.refusals.length + fact.moreRefusals - lines.length;
  if (more > 0) lines.push(`${more} further ${more === 1 ? 'refusal is' : 'refusals are'} not listed`);
  if (fact.safeGlobals !== null) lines.push(`the smallest list: ${fact.safeGlobals.join(', ')}`);
  else if (fact.hopeless !== null) lines.push(`no list helps: ${fact.hopeless}`);
  return [...lines, ...fact.remarks];
}

function showRefusal({ opcode, offset, reason }: TorchRefusal): string {
  return `${opcode} @${offset} ${reason}`;
}

/** The user has allowed a name of the list, and every other one is that or harmless. */
function isVouchedFor(list: readonly string[], { userAllow }: RuleContext): boolean {
  return list.some((path) => userAllow.has(path)) && list.every((path) => userAllow.has(path) || isHarmless(path));
}

function isHarmless(path: string): boolean {
  const dot = path.lastIndexOf('.');
  return classifyName(path.slice(0, dot), path.slice(dot + 1), false).class === 'allowed';
}
