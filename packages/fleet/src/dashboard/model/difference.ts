/** A line of a text, and in which of two texts it stands. */
export interface DifferenceLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lines around a change that are shown. */
const AROUND = 3;

/**
 * From the first line that differs to the last one, with some lines around: what stood there before, and what stands there now.
 * Empty where both are the same. It takes one pass, however long the texts are.
 */
export function difference(before: string, now: string): readonly DifferenceLine[] {
  if (before === now) return [];
  const [old, next] = [linesOf(before), linesOf(now)];
  const least = Math.min(old.length, next.length);
  let start = 0;
  while (start < least && old[start] === next[start]) start += 1;
  let end = 0;
  while (end < least - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  const line = (kind: DifferenceLine['kind']) => (text: string) => ({ kind, text });
  return [
    ...next.slice(Math.max(0, start - AROUND), start).map(line('same')),
    ...old.slice(start, old.length - end).map(line('removed')),
    ...next.slice(start, next.length - end).map(line('added')),
    ...next.slice(next.length - end, next.length - end + AROUND).map(line('same')),
  ];
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
