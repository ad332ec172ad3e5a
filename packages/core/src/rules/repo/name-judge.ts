import { classifyName, type Verdict } from '../../catalogue/classify.js';
import { MAX_NAME_PARTS } from '../../model/limits.js';

/** The verdict on a full name, wherever its module ends: `os.system`, `torch.hub.load`. Dangerous outranks allowed. */
export function judgeFullName(full: string): Verdict | null {
  const parts = full.split('.');
  let best: Verdict | null = null;
  for (let at = parts.length - 1; at >= 1 && at >= parts.length - MAX_NAME_PARTS; at -= 1) {
    const verdict = classifyName(parts.slice(0, at).join('.'), parts.slice(at).join('.'), true);
    if (verdict.class === 'dangerous') return verdict;
    if (verdict.class === 'allowed' && best === null) best = verdict;
  }
  return best;
}
