import { refuse } from '../model/rules.js';
import type { RoutePolicy } from '../model/route-policy.js';
import { isAsciiAlike } from './unicode.js';

/** `Content-Type` as RFC 9110, section 8.3 defines it. */
export interface MediaType {
  /** Lower case, without parameters: `application/json`. */
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const NO_TOKEN = /[^!#$%&'*+.^_`|~0-9A-Za-z-]/;

function isToken(text: string): boolean {
  return text !== '' && !NO_TOKEN.test(text);
}

/** Null for anything that is no media type: parsers would each make something else of it. */
export function parseMediaType(text: string): MediaType | null {
  const end = text.indexOf(';');
  const essence = (end === -1 ? text : text.slice(0, end)).trim().toLowerCase();
  const [type = '', subtype = '', ...more] = essence.split('/');
  if (more.length > 0 || !isToken(type) || !isToken(subtype)) return null;
  const parameters = new Map<string, string>();
  for (const part of end === -1 ? [] : parametersOf(text.slice(end + 1))) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at)).toLowerCase();
    const value = valueOf(part.slice(at + 1));
    if (!isToken(name) || value === null || parameters.has(name)) return null;
    parameters.set(name, value);
  }
  return { essence, parameters };
}

/** What lies between semicolons; one in quotes is none. */
function parametersOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const char = text[at];
    if (at === text.length || (char === ';' && !isQuoted)) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    } else if (char === '"') isQuoted = !isQuoted;
    else if (char === '\\' && isQuoted && at + 1 < text.length) at += 1;
  }
  return parts;
}

/** A token, or a quoted string without its quotes and escapes; null for anything else. */
function valueOf(raw: string): string | null {
  if (!raw.startsWith('"')) return isToken(raw) ? raw : null;
  let value = '';
  for (let at = 1; at < raw.length; at += 1) {
    const char = raw.charAt(at);
    if (char === '"') return at === raw.length - 1 ? value : null;
    if (char === '\\') {
      at += 1;
      if (at === raw.length) return null;
    }
    value += raw.charAt(at);
  }
  return null;
}

/** Whether a media type is one of those; a star stands for all. */
export function accepts(contentTypes: readonly string[], essence: string): boolean {
  return contentTypes.some(
    (type) => type === essence || type === '*/*' || (type.endsWith('/*') && essence.startsWith(type.slice(0, -1))),
  );
}

export const TYPES = {
  json: { essence: 'application/json', parameters: new Map<string, string>() },
  opaque: { essence: 'application/octet-stream', parameters: new Map<string, string>() },
  text: { essence: 'text/plain', parameters: new Map<string, string>() },
} as const satisfies Readonly<Record<string, MediaType>>;

/** The declared media type, if the route takes it. A body without one is none that a route could have listed. */
export function checkedType(
  contentType: string | null,
  { contentTypes, protocol }: Pick<RoutePolicy, 'contentTypes' | 'protocol'>,
): MediaType {
  // Triton's own client sends none; the body is read as the protocol says, with any content type.
  if (contentType === null && protocol !== 'plain') return TYPES.json;
  // Bytes that are called nothing may be taken for this (RFC 9110, section 8.3); `curl -T` sends them.
  if (contentType === null && accepts(contentTypes, TYPES.opaque.essence)) return TYPES.opaque;
  if (contentType === null) refuse('GATE-MEDIA-TYPE', 'none', 'head', 'a body without a Content-Type');
  const type = parseMediaType(contentType);
  if (type === null) refuse('GATE-MEDIA-TYPE', 'malformed', 'head', 'a Content-Type that is no media type');
  if (isExecutableType(type.essence))
    refuse('GATE-PICKLE-TYPE', 'content-type', 'head', 'the media type of an executable object format');
  if (!accepts(contentTypes, type.essence))
    refuse('GATE-MEDIA-TYPE', 'not-listed', 'head', 'a media type that this route does not list');
  const kind = kindOf(type.essence);
  const charset = type.parameters.get('charset');
  if (charset === undefined) return type;
  if ((kind === 'json' || kind === 'ndjson') && charset.toLowerCase() !== 'utf-8' && charset.toLowerCase() !== 'utf8')
    refuse('GATE-MEDIA-TYPE', 'charset', 'head', 'JSON is read as UTF-8 only');
  // Servers take such bytes apart before they decode them, or behind it.
  if ((kind === 'form' || kind === 'multipart') && !isAsciiAlike(charset))
    refuse('GATE-MEDIA-TYPE', 'charset', 'head', 'forms are read in encodings that begin with ASCII only');
  return type;
}

/** Names under which executable objects are sent, behind `x-` and `python-` and between signs. */
const EXECUTABLE_TYPES: ReadonlySet<string> = new Set(
  'pickle cpickle cloudpickle dill joblib marshal torch pytorch skops'.split(' '),
);
/** The same, of more than one word. */
const EXECUTABLE_PAIRS: ReadonlySet<string> = new Set([
  'python-serialize',
  'python-object',
  'python-pickle',
  'x-python-serialize',
]);

/** `application/x-pickle`, `application/vnd.bentoml+pickle`, `text/x-python-serialize` … */
export function isExecutableType(essence: string): boolean {
  const words = essence.split(/[/.+-]/);
  return words.some(
    (word, index) =>
      EXECUTABLE_TYPES.has(word) ||
      (/[0-9]$/.test(word) && EXECUTABLE_TYPES.has(word.slice(0, -1))) ||
      EXECUTABLE_PAIRS.has(`${words[index - 1] ?? ''}-${word}`),
  );
}

/** Request headers by which clients and servers agree on a serializer: one of these words, among others. */
const SERIALIZER_WORDS = ['serializer', 'serialization'];
const SERIALIZER_PAIRS = ['payload-meta', 'payload-container', 'payload-type', 'object-format', 'encoding-format'];
const EXECUTABLE_SERIALIZERS = ['pickle', 'dill', 'joblib', 'marshal', 'pyobj', 'torch.save'];

/** The word by which a header's name says that it is about a serializer, or null. */
function serializerWord(name: string): string | null {
  const words = name.split('-');
  for (const [index, word] of words.entries()) {
    if (SERIALIZER_WORDS.includes(word)) return word;
    const pair = `${words[index - 1] ?? ''}-${word}`;
    if (SERIALIZER_PAIRS.includes(pair)) return pair;
  }
  return null;
}

/** What a header that declares an executable format is called, in our words; null without one. */
export function executableHeader(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): string | null {
  for (const [name, value] of Object.entries(headers)) {
    const word = value === undefined ? null : serializerWord(name.toLowerCase());
    if (value === undefined || word === null) continue;
    if (isExecutableWord(typeof value === 'string' ? value : value.join(','))) return word;
  }
  return null;
}

export function isExecutableWord(text: string): boolean {
  const words = text.toLowerCase();
  return EXECUTABLE_SERIALIZERS.some((word) => words.includes(word));
}

export type BodyKind = 'json' | 'ndjson' | 'form' | 'multipart' | 'xml' | 'csv' | 'yaml' | 'text' | 'opaque';

const KINDS: readonly (readonly [RegExp, BodyKind])[] = [
  [/^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-seq|json-lines)$/, 'ndjson'],
  [/^(?:application|text)\/(?:x-)?json$|\+json$/, 'json'],
  [/^application\/x-www-form-urlencoded$/, 'form'],
  [/^multipart\//, 'multipart'],
  [/^(?:application|text)\/xml$|\+xml$/, 'xml'],
  [/^text\/(?:csv|tab-separated-values)$/, 'csv'],
  [/^(?:application|text)\/(?:x-)?(?:vnd\.)?yaml$|\+yaml$/, 'yaml'],
  [/^text\//, 'text'],
];

/** How the body is taken apart. */
export function kindOf(essence: string): BodyKind {
  return KINDS.find(([pattern]) => pattern.test(essence))?.[1] ?? 'opaque';
}

/** Bodies that need not be held to be inspected: bytes, and parts with bytes. */
export function maySpool(essence: string): boolean {
  const kind = kindOf(essence);
  return kind === 'opaque' || kind === 'multipart';
}

/** Bodies that may pass while they are inspected: those, and JSON that no schema needs as a whole. */
export function mayPassBy(essence: string, hasSchema: boolean): boolean {
  const kind = kindOf(essence);
  return maySpool(essence) || kind === 'ndjson' || (kind === 'json' && !hasSchema);
}
