import { cut, escapeText } from './escape.js';
import type { TorchLoadFact } from './fact.js';
import { MAX_LISTED } from './limits.js';

/** Longest list in a sentence, longest reason. */
const LIST_LENGTH = 400;
const REASON_LENGTH = 200;

/** A list of safe globals that PyTorch would take and that nobody should have. */
export interface WithheldGlobals {
  readonly list: readonly string[];
  /** Those of the list that are not proposed, with the reason; at least one. */
  readonly names: readonly { readonly global: string; readonly why: string }[];
}

/** A list of safe globals, as far as it is proposed. */
export interface SafeGlobals {
  /** Null where none is needed, where none helps, and where a name of it is withheld. */
  readonly safeGlobals: readonly string[] | null;
  /** The list with which PyTorch takes the file, and the names of it that are not proposed. */
  readonly withheld: WithheldGlobals | null;
}

type Loaded = Pick<TorchLoadFact, 'hopeless' | 'listMayLack'> & SafeGlobals;

/** What a list of safe globals does for a checkpoint that PyTorch's restricted loader refuses: findings and `allow suggest` say the same. */
export function safeGlobalsWords({ safeGlobals, withheld, hopeless, listMayLack }: Loaded): string {
  if (safeGlobals !== null)
    return `With torch.serialization.safe_globals([${listed(safeGlobals)}]) PyTorch ${listMayLack ? 'gets further, and may refuse another name' : 'takes it'}.`;
  if (withheld !== null) {
    const [first, ...others] = withheld.names;
    const more = others.length === 0 ? '' : `, nor ${others.length} more`;
    return `PyTorch ${listMayLack ? 'may' : 'would'} take it with safe_globals([${listed(withheld.list)}]). That Sentinel does not propose ${shown(first?.global ?? '')}${more} is its own choice: once listed it counts for every file, and ${reason(first?.why ?? '')} ${INSTEAD}`;
  }
  if (hopeless !== null)
    return `No list of safe globals helps: ${cut(escapeText(hopeless), REASON_LENGTH)}. ${INSTEAD}`;
  return INSTEAD;
}

/** Never the loader without protection. */
const INSTEAD = 'Ask for a state dict as torch.save writes it, or for safetensors.';

function listed(names: readonly string[]): string {
  const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
  return `${cut(escapeText(names.slice(0, MAX_LISTED).join(', ')), LIST_LENGTH)}${more}`;
}

function shown(name: string): string {
  return cut(escapeText(name), REASON_LENGTH);
}

/** "Fetches an attribute by name." within a sentence. */
function reason(why: string): string {
  const text = cut(escapeText(why), REASON_LENGTH);
  return `of it the catalogue says: ${text}${/[.!?…]$/.test(text) ? '' : '.'}`;
}
