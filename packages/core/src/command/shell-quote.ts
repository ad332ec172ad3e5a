import { escapeText } from '../model/escape.js';

const ENCODER = new TextEncoder();

/** Bash's, zsh's and POSIX 2024's `$'…'`: octal escapes of UTF-8 bytes, which end after three digits in every shell. */
function dollarQuote(word: string): string {
  let text = '';
  for (const character of word) {
    if (character === "'" || character === '\\') text += `\\${character}`;
    else if (escapeText(character) === character) text += character;
    else for (const byte of bytesOf(character)) text += `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return `$'${text}'`;
}

/** UTF-8, or the one byte that a lone surrogate stands for in names that are no UTF-8 (PEP 383). */
function bytesOf(character: string): Iterable<number> {
  const unit = character.charCodeAt(0);
  return unit >= 0xdc80 && unit <= 0xdcff ? [unit - 0xdc00] : ENCODER.encode(character);
}

/** A word as a POSIX shell takes it, for commands that people paste; what cannot be shown is written as escapes. */
export function shellQuote(word: string): string {
  // `=ls` is the path of ls to zsh.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(word)) return word;
  if (escapeText(word) !== word) return dollarQuote(word);
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A path as an argument: one that begins with a dash is no option. */
export function quotePath(path: string): string {
  return shellQuote(path.startsWith('-') ? `./${path}` : path);
}
