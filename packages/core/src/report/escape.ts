import { cut, escapeText } from '../model/escape.js';

/** Longest path shown in one line; archives may hold names of 64 KiB. */
export const PATH_LENGTH = 500;
/** Longest message, call or reason shown in one line. */
export const LINE_LENGTH = 1000;

/** Longest command shown: half of one cannot be pasted, and a path alone may have 4,096 bytes. */
const COMMAND_LENGTH = 16_384;

/** A path fit for a terminal or a page. */
export function showPath(path: string): string {
  return cut(escapeText(path), PATH_LENGTH);
}

/** A line of text fit for a terminal or a page. */
export function showLine(text: string): string {
  return cut(escapeText(text), LINE_LENGTH);
}

/** A command that people paste, in full. */
export function showCommand(command: string): string {
  return cut(escapeText(command), COMMAND_LENGTH);
}

/** Code points that JSON leaves as they are and that a terminal or an editor acts on. */
const RAW_IN_JSON = /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu;

function utf16Escape(character: string): string {
  let text = '';
  for (let i = 0; i < character.length; i += 1) text += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return text;
}

/** JSON that reads back to the same value and moves no cursor: such characters can only stand inside its strings. */
export function safeJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(RAW_IN_JSON, utf16Escape)}\n`;
}

function entities(shown: string): string {
  return shown.replace(/[\\`*_{}[\]<>()#+!|~&$@:]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function codeSpan(shown: string): string {
  // A table cell ends at a bar even inside a code span; the HTML form has no such hole.
  if (/[|`<>&]/.test(shown)) return `<code>${entities(shown)}</code>`;
  return shown === '' ? '' : `\`${shown}\``;
}

/** Text inside Markdown, as plain words: nothing in it is markup or HTML. */
export function markdownText(text: string): string {
  return entities(showLine(text));
}

/** Text as a Markdown code span that may stand in a table. */
export function markdownCode(text: string): string {
  return codeSpan(showLine(text));
}

/** `markdownCode` for what people paste. */
export function markdownCommand(command: string): string {
  return codeSpan(showCommand(command));
}
