/** `Content-Type` as RFC 9110, section 8.3 defines it. */
export interface MediaType {
  /** Lower case, without parameters: `application/json`. */
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const PARAMETER = /\s*;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)=("(?:[^"\\]|\\.)*"|[!#$%&'*+.^_`|~0-9A-Za-z-]+))?/y;

/** Null for anything that is no media type: parsers would each make something else of it. */
export function parseMediaType(text: string): MediaType | null {
  const end = text.indexOf(';');
  const essence = (end === -1 ? text : text.slice(0, end)).trim().toLowerCase();
  const [type = '', subtype = '', ...more] = essence.split('/');
  if (more.length > 0 || !TOKEN.test(type) || !TOKEN.test(subtype)) return null;
  const parameters = new Map<string, string>();
  const rest = end === -1 ? '' : text.slice(end).trimEnd();
  PARAMETER.lastIndex = 0;
  for (let at = 0; at < rest.length; at = PARAMETER.lastIndex) {
    const match = PARAMETER.exec(rest);
    if (match === null) return null;
    const [, name, raw = ''] = match;
    if (name === undefined) continue;
    const key = name.toLowerCase();
    if (parameters.has(key)) return null;
    parameters.set(key, raw.startsWith('"') ? raw.slice(1, -1).replaceAll(/\\(.)/g, '$1') : raw);
  }
  return { essence, parameters };
}

/** Names under which executable objects are sent. */
const EXECUTABLE_TYPE =
  /(?:^|[/.+-])(?:x-)?(?:python[.-])?(?:c?pickle[0-9]?|cloudpickle|dill|joblib|marshal|python-serialize|python-object|python-pickle|torch|pytorch|skops)(?:$|[.+-])/;

/** `application/x-pickle`, `application/vnd.bentoml+pickle`, `text/x-python-serialize` … */
export function isExecutableType(essence: string): boolean {
  return EXECUTABLE_TYPE.test(essence);
}

/** Request headers by which clients and servers agree on a serializer. */
const SERIALIZER_HEADER =
  /^(?:x-)?(?:[a-z]+-)*(?:serializ(?:er|ation)|payload-(?:meta|container|type)|object-format|encoding-format)(?:-[a-z]+)*$/;
const EXECUTABLE_SERIALIZER = /(?:pickle|dill|joblib|marshal|pyobj|torch\.save)/i;

/** The name of a header that declares an executable format, or null. */
export function executableHeader(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): string | null {
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || !SERIALIZER_HEADER.test(name.toLowerCase())) continue;
    if (EXECUTABLE_SERIALIZER.test(typeof value === 'string' ? value : value.join(','))) return name.toLowerCase();
  }
  return null;
}

export function isExecutableWord(text: string): boolean {
  return EXECUTABLE_SERIALIZER.test(text);
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
