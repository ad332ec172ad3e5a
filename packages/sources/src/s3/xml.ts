import { MAX_XML_DEPTH } from '../model/limits.js';

/** An element of a small XML document, such as an answer of S3: its name without the prefix, its text, its children. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Open {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The root element of a document; null for what is none. Attributes are skipped, entities are those of XML itself, and a
 * document type is refused: no storage sends one.
 */
export function parseXml(text: string): XmlElement | null {
  const root: Open = { name: '', text: '', children: [] };
  const stack: Open[] = [root];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const current = stack[stack.length - 1] ?? root;
    const start = text.indexOf('<', at);
    const until = start === -1 ? text.length : start;
    const plain = decodeEntities(text.slice(at, until));
    if (plain === null) return null;
    current.text += plain;
    if (start === -1) break;
    const skipped = skipSpecial(text, start, current);
    if (skipped === -1) return null;
    if (skipped > start) {
      at = skipped;
      continue;
    }
    const end = text.indexOf('>', start);
    if (end === -1 || !takeTag(text.slice(start + 1, end), stack)) return null;
    at = end + 1;
  }
  const [only] = root.children;
  return stack.length === 1 && root.children.length === 1 && root.text.trim() === '' ? (only ?? null) : null;
}

/** The offset behind a declaration, comment or CDATA section; `start` where there is none; -1 for what is refused. */
function skipSpecial(text: string, start: number, current: Open): number {
  const behind = (closing: string, from: number): number => {
    const end = text.indexOf(closing, from);
    return end === -1 ? -1 : end + closing.length;
  };
  if (text.startsWith('<?', start)) return behind('?>', start);
  if (text.startsWith('<!--', start)) return behind('-->', start + 4);
  if (text.startsWith('<![CDATA[', start)) {
    const end = behind(']]>', start);
    if (end !== -1) current.text += text.slice(start + 9, end - 3);
    return end;
  }
  return text.startsWith('<!', start) ? -1 : start;
}

/** Opens or closes an element; whether the tag is one that may stand here. */
function takeTag(tag: string, stack: Open[]): boolean {
  if (tag.startsWith('/')) {
    const closed = stack[stack.length - 1];
    if (stack.length === 1 || closed?.name !== localName(tag.slice(1))) return false;
    stack.pop();
    return true;
  }
  const isEmpty = tag.endsWith('/');
  const element: Open = { name: localName(isEmpty ? tag.slice(0, -1) : tag), text: '', children: [] };
  if (element.name === '' || stack.length > MAX_XML_DEPTH) return false;
  stack[stack.length - 1]?.children.push(element);
  if (!isEmpty) stack.push(element);
  return true;
}

function localName(tag: string): string {
  const name = /^[^\s]*/.exec(tag)?.[0] ?? '';
  return name.slice(name.indexOf(':') + 1);
}

function decodeEntities(text: string): string | null {
  if (!text.includes('&')) return text;
  let isGood = true;
  const decoded = text.replace(/&([^&;]{0,10});?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? entity(name) : null;
    if (character === null) isGood = false;
    return character ?? '';
  });
  return isGood ? decoded : null;
}

function entity(name: string): string | null {
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (named !== undefined) return named;
  const digits = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
  if (digits === null) return null;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : null;
}

/** The text of the first child of a name. */
export function childText(element: XmlElement, name: string): string | null {
  return element.children.find((child) => child.name === name)?.text ?? null;
}
