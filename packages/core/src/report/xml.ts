import { escapeCodePoint, escapeText } from '../model/escape.js';

/** Everything but the characters of XML 1.0, section 2.2: two code points at the end of each plane's block are not allowed. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  // Also for `]]>`, which text may not contain.
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text that is neither markup nor a character that XML has no form for. Line ends stay where they are ours. */
function xmlText(text: string): string {
  return text.replace(NOT_XML, escapeCodePoint).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Lines of an element's text; nothing in them moves a cursor. */
export function xmlLines(lines: readonly string[]): string {
  return lines.map((line) => xmlText(escapeText(line))).join('\n');
}

export type Attributes = Readonly<Record<string, string | number>>;

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlText(escapeText(String(value)))}"`)
    .join('');
}

/** An element; `content` is XML already. */
export function element(name: string, attributes: Attributes, content: string): string {
  const head = `<${name}${attributesOf(attributes)}`;
  return content === '' ? `${head}/>` : `${head}>${content}</${name}>`;
}
