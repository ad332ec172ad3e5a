import { memorySource, type ByteSource } from '@artifact-sentinel/core';
import { refuse, Refused, type Refusal } from '../model/rules.js';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import { decode, parseCodings } from './content-coding.js';
import { readJson, type JsonText } from './json.js';
import { inspectBytes, inspectStrings, inspectText, SHORTEST_LEAF } from './leaves.js';
import { isExecutableType, kindOf, maySpool, parseMediaType, type MediaType } from './media-type.js';
import { leavesBytes, multipartParts, transferDecoded } from './multipart.js';
import { isText } from './prefix.js';
import type { SchemaCheck } from './schema.js';
import { heldSource, inspectSource } from './spooled.js';
import { Spending } from './spending.js';
import { inspectTensors } from './tensors.js';
import { csvCells, formValues, xmlLeaves } from './text-formats.js';

/** Whether a media type is one of those; a star stands for all. */
export function accepts(contentTypes: readonly string[], essence: string): boolean {
  return contentTypes.some(
    (type) => type === essence || type === '*/*' || (type.endsWith('/*') && essence.startsWith(type.slice(0, -1))),
  );
}

/** What is wrong with a request, or null. Anything else that is thrown is a fault of ours: the request is refused too. */
export async function inspectBody(
  job: InspectionJob,
  policy: RoutePolicy,
  check: SchemaCheck | null,
  source: ByteSource | null = null,
): Promise<Refusal | null> {
  try {
    await new Inspection(job, policy, check).run(source);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** The inspection of one request, and what its pieces share. */
export class Inspection {
  readonly #job: InspectionJob;
  readonly #policy: RoutePolicy;
  readonly #check: SchemaCheck | null;
  #spending: Spending;

  constructor(job: InspectionJob, policy: RoutePolicy, check: SchemaCheck | null) {
    this.#job = job;
    this.#policy = policy;
    this.#check = check;
    this.#spending = new Spending(policy.limits);
  }

  /** What may be spent anew: for pieces of a body that passes, of which only one is held at a time. */
  afresh(): Spending {
    this.#spending = new Spending(this.#policy.limits);
    return this.#spending;
  }

  async run(source: ByteSource | null): Promise<void> {
    const { body, contentType, contentEncoding } = this.#job;
    await this.head();
    if (source !== null) {
      await this.#spooled(source);
      return;
    }
    if (body.length === 0) {
      if (this.#check !== null) refuse('GATE-SCHEMA', 'empty', 'body', 'a body is expected');
      return;
    }
    const type = checkedType(contentType, this.#policy);
    const codings = parseCodings(contentEncoding ?? '');
    if (codings === null)
      refuse('GATE-CODING', 'content-encoding', 'body', 'gzip, deflate, br and zstd are read, two of them at most');
    let bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
    let path = 'body';
    // The last coding that was applied comes off first (RFC 9110, section 8.4).
    for (const coding of codings.toReversed()) {
      path += `>${coding}`;
      bytes = await decode(bytes, coding, path, this.#spending);
    }
    if (this.#policy.protocol === 'v2-infer') await this.#infer(bytes, path);
    else await this.entity(bytes, this.#policy.protocol === 'json' ? JSON_TYPE : type, path, 0, true);
  }

  async head(): Promise<void> {
    const { query, head = [] } = this.#job;
    if (query !== '') await this.#form(query, 'query', 0);
    for (const { where, text } of head) {
      await inspectText(text, `head>${where}`, this.#spending);
      const bytes = Buffer.from(text, 'latin1');
      if (!isText(bytes)) await inspectBytes(bytes, `head>${where}`, this.#spending);
    }
  }

  /** A body that is not held: bytes of no known structure, or parts. */
  async #spooled(source: ByteSource): Promise<void> {
    const { contentType, contentEncoding } = this.#job;
    const type = checkedType(contentType, this.#policy);
    if (!maySpool(type.essence) || contentEncoding !== null)
      refuse('GATE-SIZE', 'spool', 'body', 'a body of this kind may not be so large');
    if (kindOf(type.essence) === 'multipart') await this.#multipart(source, type, 'body', 0);
    else {
      const held = await inspectSource(source, 'body', this.#spending);
      if (held !== null) await this.entity(held, type, 'body', 0, false);
    }
  }

  /** JSON, and behind it the tensors of the binary extension where its header says so. */
  async #infer(bytes: Buffer, path: string): Promise<void> {
    const length = inferHeaderLength(this.#job.inferHeaderLength, bytes.length, path) ?? bytes.length;
    const request = await this.inferHeader(bytes.subarray(0, length), path);
    await inspectTensors(request, bytes.subarray(length), path, this.#spending);
  }

  /** The JSON of a v2 request: what it says of its tensors. */
  async inferHeader(bytes: Buffer, path: string): Promise<unknown> {
    const json = this.#json(bytes, path);
    this.#check?.(json.value, path);
    await inspectStrings(json.strings, `${path}>json`, this.#spending);
    return json.value;
  }

  #json(bytes: Buffer, path: string): JsonText {
    return readJson(bytes, path, {
      depth: this.#policy.limits.jsonDepth,
      shortest: SHORTEST_LEAF,
      exact: !this.#policy.schemaIsLight,
    });
  }

  /** Recursion: `depth` of the limits. */
  async entity(bytes: Buffer, type: MediaType, path: string, depth: number, isBody: boolean): Promise<void> {
    const kind = kindOf(type.essence);
    switch (kind) {
      case 'json': {
        const json = this.#json(bytes, path);
        if (isBody) this.#check?.(json.value, path);
        await inspectStrings(json.strings, `${path}>json`, this.#spending, depth);
        return;
      }
      case 'ndjson':
        await this.#lines(bytes, path, depth);
        return;
      case 'form':
        if (!isText(bytes)) refuse('GATE-MALFORMED', 'form', path, 'a form that is no text');
        await this.#form(bytes.toString(), `${path}>form`, depth);
        await inspectBytes(bytes, path, this.#spending, depth);
        return;
      case 'multipart':
        await this.#multipart(memorySource(bytes), type, path, depth);
        return;
      case 'xml':
      case 'csv':
      case 'yaml':
        await this.#marked(bytes, kind, type, path, depth);
        return;
      default:
        await inspectBytes(bytes, path, this.#spending, depth, kind === 'text' ? 'page' : 'whole');
        await this.#undeclared(bytes, path, depth);
    }
  }

  async #lines(bytes: Buffer, path: string, depth: number): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(0x0a, at);
      await this.line(bytes.subarray(at, end === -1 ? bytes.length : end), `${path}>line@${at}`, depth);
      at = end === -1 ? bytes.length : end + 1;
    }
  }

  /** A line of NDJSON. */
  async line(line: Buffer, path: string, depth = 0): Promise<void> {
    // RFC 7464 puts a record separator before each text.
    const text = line[0] === 0x1e ? line.subarray(1) : line;
    if (!text.some((byte) => byte !== 0x20 && byte !== 0x0d && byte !== 0x09)) return;
    const json = this.#json(text, path);
    this.#check?.(json.value, path);
    await inspectStrings(json.strings, path, this.#spending, depth);
  }

  async #form(text: string, path: string, depth: number): Promise<void> {
    for (const { bytes, offset } of formValues(text)) {
      if (bytes.length >= SHORTEST_LEAF) await this.#value(bytes, `${path}@${offset}`, depth);
    }
  }

  /** A value that is text if it is UTF-8, and bytes otherwise. */
  async #value(bytes: Buffer, path: string, depth: number): Promise<void> {
    if (isText(bytes)) await inspectText(bytes.toString(), path, this.#spending, depth);
    else await inspectBytes(bytes, path, this.#spending, depth);
  }

  async #multipart(source: ByteSource, type: MediaType, path: string, depth: number): Promise<void> {
    const inner = `${path}>multipart`;
    const parts = await multipartParts(source, type.parameters.get('boundary'), inner, this.#policy.limits.parts);
    for (const { headers, body, offset } of parts) {
      const here = `${inner}@${offset}`;
      const { type: partType, encoding } = await this.partHead(headers, here, depth);
      const inside = this.#spending.deeper(depth, here);
      // What is large and of no known structure need not be held.
      if (isLarge(body) && leavesBytes(encoding) && kindOf(partType.essence) === 'opaque') {
        const held = await inspectSource(body, here, this.#spending);
        if (held !== null) await this.#part(held, partType, here, inside);
        continue;
      }
      const bytes = await partBytes(body, here, this.#spending);
      await this.heldPart(bytes, partType, encoding, here, depth);
    }
  }

  /** What the headers of a part say, and may hide. */
  async partHead(
    headers: ReadonlyMap<string, string>,
    path: string,
    depth = 0,
  ): Promise<{ readonly type: MediaType; readonly encoding: string | undefined }> {
    const declared = headers.get('content-type');
    const type = declared === undefined ? TEXT : parseMediaType(declared);
    if (type === null) refuse('GATE-MALFORMED', 'multipart', path, 'multipart: a part has no proper media type');
    if (isExecutableType(type.essence))
      refuse('GATE-PICKLE-TYPE', 'part content-type', path, 'a part declares an executable object format');
    await inspectText(headers.get('content-disposition') ?? '', `${path}>header`, this.#spending, depth);
    return { type, encoding: headers.get('content-transfer-encoding') };
  }

  async heldPart(bytes: Buffer, type: MediaType, encoding: string | undefined, path: string, depth = 0): Promise<void> {
    const decoded = transferDecoded(bytes, encoding);
    if (decoded === null)
      refuse('GATE-CODING', 'content-transfer-encoding', path, 'the transfer encoding of a part is unknown');
    // Servers differ in whether they undo it.
    if (decoded !== bytes) await inspectBytes(bytes, path, this.#spending, depth);
    await this.#part(decoded, type, path, this.#spending.deeper(depth, path));
  }

  /** Readers pass over the type of a part as often as not: what it says is read, and what the bytes say. */
  async #part(bytes: Buffer, type: MediaType, path: string, depth: number): Promise<void> {
    if (bytes.length === 0) return;
    const kind = kindOf(type.essence);
    if (kind !== 'json' && kind !== 'form') {
      await this.entity(bytes, type, path, depth, false);
      return;
    }
    await inspectBytes(bytes, path, this.#spending, depth);
    await this.entity(bytes, type, path, depth, false);
  }

  async #marked(
    bytes: Buffer,
    kind: 'xml' | 'csv' | 'yaml',
    type: MediaType,
    path: string,
    depth: number,
  ): Promise<void> {
    const charset = (type.parameters.get('charset') ?? 'utf-8').toLowerCase();
    if (!isText(bytes) || !/^(?:utf-?8|us-ascii)$/.test(charset))
      refuse('GATE-MALFORMED', 'encoding', path, `${kind} that is not UTF-8`, { format: kind });
    await inspectBytes(bytes, path, this.#spending, depth);
    const text = bytes.toString();
    const inner = `${path}>${kind}`;
    const leaves =
      kind === 'xml' ? xmlLeaves(text, inner) : kind === 'csv' ? csvCells(text) : await scalars(text, inner);
    for (const leaf of leaves) await inspectText(leaf.text, `${inner}@${leaf.offset}`, this.#spending, depth);
  }

  /** What a body is in spite of its type, where it shows. */
  async #undeclared(bytes: Buffer, path: string, depth: number): Promise<void> {
    if (!isText(bytes)) return;
    const text = bytes.toString();
    const inner = `${path}>text`;
    if (/^\s*</.test(text) && !/<!DOCTYPE\s+html/i.test(text)) {
      for (const leaf of xmlLeaves(text, inner))
        await inspectText(leaf.text, `${inner}@${leaf.offset}`, this.#spending, depth);
      return;
    }
    let offset = 0;
    for (const line of text.split('\n')) {
      if (/^\s*[[{]/.test(line)) await inspectText(line, `${inner}@${offset}`, this.#spending, depth);
      offset += line.length + 1;
    }
  }
}

/** Parts of fewer bytes are read whole, in any container. */
const HELD_PART = 2 ** 20;

/** `Inference-Header-Content-Length`, where there is one; `most` bytes follow the head of the request. */
export function inferHeaderLength(declared: string | null, most: number, path: string): number | null {
  if (declared === null) return null;
  if (!/^\d{1,15}$/.test(declared) || Number(declared) > most)
    refuse('GATE-TENSOR', 'inference-header', path, 'Inference-Header-Content-Length is not the length of a header');
  return Number(declared);
}

/** Part of a body that is not held, and not to be held either. */
function isLarge({ immediate, size }: ByteSource): boolean {
  return immediate !== true && size > HELD_PART;
}

/** A part's bytes: those of a body that is held are held already. */
async function partBytes(body: ByteSource, path: string, spending: Spending): Promise<Buffer> {
  if (isLarge(body)) return heldSource(body, path, spending, 'a part');
  const bytes = await body.read(0, body.size);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

const JSON_TYPE: MediaType = { essence: 'application/json', parameters: new Map() };
const OPAQUE_TYPE: MediaType = { essence: 'application/octet-stream', parameters: new Map() };
const TEXT: MediaType = { essence: 'text/plain', parameters: new Map() };

/** YAML's parser is loaded when somebody sends YAML. */
async function scalars(text: string, path: string): Promise<readonly { text: string; offset: number }[]> {
  const { yamlScalars } = await import('./yaml-scalars.js');
  return yamlScalars(text, path);
}

/** The declared media type, if the route takes it. A body without one is none that a route could have listed. */
export function checkedType(
  contentType: string | null,
  { contentTypes, protocol }: Pick<RoutePolicy, 'contentTypes' | 'protocol'>,
): MediaType {
  // Triton's own client sends none; the body is read as the protocol says, with any content type.
  if (contentType === null && protocol !== 'plain') return JSON_TYPE;
  // Bytes that are called nothing may be taken for this (RFC 9110, section 8.3); `curl -T` sends them.
  if (contentType === null && accepts(contentTypes, OPAQUE_TYPE.essence)) return OPAQUE_TYPE;
  if (contentType === null) refuse('GATE-MEDIA-TYPE', 'none', 'head', 'a body without a Content-Type');
  const type = parseMediaType(contentType);
  if (type === null) refuse('GATE-MEDIA-TYPE', 'malformed', 'head', 'a Content-Type that is no media type');
  if (isExecutableType(type.essence))
    refuse('GATE-PICKLE-TYPE', 'content-type', 'head', 'the media type of an executable object format');
  if (!accepts(contentTypes, type.essence))
    refuse('GATE-MEDIA-TYPE', 'not-listed', 'head', 'a media type that this route does not list');
  const charset = type.parameters.get('charset');
  if (charset !== undefined && kindOf(type.essence) === 'json' && !/^utf-?8$/i.test(charset))
    refuse('GATE-MEDIA-TYPE', 'charset', 'head', 'JSON is read as UTF-8 only');
  return type;
}
