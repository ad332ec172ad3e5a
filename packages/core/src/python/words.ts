import { SOURCE_WORDS } from '../catalogue/lookup.js';
import { DYNAMIC_WORDS } from '../catalogue/source-calls.js';

/** Whether a watched name can occur in a text, or be put together there. */
export function holdsWatchedWord(text: string): boolean {
  return (
    SOURCE_WORDS.some((word) => text.includes(word)) ||
    DYNAMIC_WORDS.some((words) => words.every((word) => text.includes(word)))
  );
}
