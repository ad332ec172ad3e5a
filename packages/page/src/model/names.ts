import { cut, escapeText } from '@artifact-sentinel/core/internal';

/** A name of an artifact, fit to be shown, with what a reader could not see of it. */
export interface ShownName {
  readonly text: string;
  /** Null where the name is what it looks like. */
  readonly note: string | null;
}

/** Longest name in a list. */
const NAME_LENGTH = 300;

/** Scripts whose letters pass for Latin ones. */
const LOOKALIKES = [
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
] as const;
/** Latin letters of another width or shape: they are written like others and are none of them. */
const STYLED = /[\uff01-\uff5e\u{1d400}-\u{1d7ff}]/u;

export function shownName(name: string): ShownName {
  return { text: cut(escapeText(name), NAME_LENGTH), note: noteOf(name) };
}

/** What is odd about the letters of a name, in words. */
export function noteOf(name: string): string | null {
  const head = name.slice(0, NAME_LENGTH);
  if (/^[ -~]*$/.test(head)) return null;
  const notes: string[] = [];
  if (escapeText(head) !== head)
    notes.push('It has characters that cannot be seen or that turn the direction of text; they are shown as escapes.');
  const styled = STYLED.exec(head)?.[0];
  if (styled !== undefined) notes.push(`${codePoint(styled)} looks like an ordinary letter and is another one.`);
  if (/[A-Za-z]/.test(head))
    for (const [script, letters] of LOOKALIKES) {
      const found = letters.exec(head)?.[0];
      if (found !== undefined) notes.push(`${codePoint(found)} is a ${script} letter among Latin ones.`);
    }
  return notes.length === 0 ? null : notes.join(' ');
}

/** `“о” (U+043E)` */
function codePoint(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `“${character}” (U+${code})`;
}

/** The last part of a path, by which people know a file or a member. */
export function lastPart(path: string): string {
  const part = path.slice(path.lastIndexOf('!') + 1);
  return part.slice(part.lastIndexOf('/') + 1) || path;
}

/** `1 tensor`, `1,000,000 tensors` */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`;
}
