import { classifyName, type Verdict } from '../../catalogue/classify.js';

/** Dots of a name at which it is split; a longer one is no listed name. */
const MOST_DOTS = 16;

/** The verdict on a full name, wherever its module ends: `os.system`, `torch.hub.load`. Dangerous outranks allowed. */
export function judgeFullName(full: string): Verdict | null {
  const parts = full.split('.');
  let best: Verdict | null = null;
  for (let at = parts.length - 1; at >= 1 && at >= parts.length - MOST_DOTS; at -= 1) {
    const verdict = classifyName(parts.slice(0, at).join('.'), parts.slice(at).join('.'), true);
    if (verdict.class === 'dangerous') return verdict;
    if (verdict.class === 'allowed' && best === null) best = verdict;
  }
  return best;
}
