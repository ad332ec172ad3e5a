import { LONGEST_PADDING, LONGEST_PREAMBLE, MAX_PART_HEADERS } from '../model/limits.js';
import { refuse, Refused } from '../model/rules.js';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import { decode, parseCodings } from './content-coding.js';
import { Held, Marked, Stretch, type Feed } from './feed.js';
import { eventValues } from './event-stream.js';
import { headerLeaves } from './header-values.js';
import { JOINED_BYTES, JsonReader, stringsOf, type JsonString } from './json.js';
import { inspectBytes, inspectStrings, inspectText, SHORTEST_LEAF } from './leaves.js';
import { checkedType, isExecutableType, kindOf, parseMediaType, TYPES, type MediaType } from './media-type.js';
import {
  boundaryLine,
  delimiterOf,
  failAt,
  isBlankText,
  leavesBytes,
  LINE_END_BYTES,
  partHeaders,
  transferDecoded,
  type Fail,
} from './multipart.js';
import { inspectOpaque, refusePassing, wholeOf } from './opaque.js';
import { isText } from './prefix.js';
import { Reasons, type Inspection } from './reasons.js';
import type { SchemaCheck } from './schema.js';
import { Spending } from './spending.js';
import { binaryTensors, type BinaryTensor } from './tensors.js';
import { csvCells, formValues, xmlLeaves } from './text-formats.js';
import { declaredText, isPlainCharset } from './unicode.js';

const LINE_FEED = Buffer.from('\n');
/** What of JSON is asked for at a time; twice as much where a token does not end. */
const STEP_BYTES = 256 * 1024;
/** Longest string, line, part or element that is held to be inspected as one, where bytes pass. An image in base64 fits. */
export const HELD_BYTES = 8 * 2 ** 20;

/**
 * What is wrong with a request. `feed`: its body; where it still comes, `feed.settle` says what may go on, and at the end
 * all of it may. Anything else that is thrown is a fault of ours: the request is refused too.
 */
export async function inspectRequest(
  job: InspectionJob,
  policy: RoutePolicy,
  check: SchemaCheck | null,
  feed: Feed,
): Promise<Inspection> {
  const reasons = new Reasons(policy);
  try {
    await new Walker(job, policy, check, feed.source === null, reasons).run(feed);
    return reasons.result(null);
  } catch (error) {
    if (error instanceof Refused) return reasons.result(error.refusal);
    throw error;
  }
}

/** Takes one request apart, by what it says it is. */
class Walker {
  readonly #job: InspectionJob;
  readonly #policy: RoutePolicy;
  readonly #check: SchemaCheck | null;
  /** Only one piece of a body that passes is held at a time: each may spend what a request may. */
  readonly #passes: boolean;
  readonly #reasons: Reasons;
  #spending: Spending;

  constructor(job: InspectionJob, policy: RoutePolicy, check: SchemaCheck | null, passes: boolean, reasons: Reasons) {
    this.#job = job;
    this.#policy = policy;
    this.#check = check;
    this.#passes = passes;
    this.#reasons = reasons;
    this.#spending = new Spending(policy.limits);
  }

  async run(body: Feed): Promise<void> {
    const { contentType, contentEncoding } = this.#job;
    await this.#head();
    if (body.size === 0) {
      if (this.#check !== null)
        await this.#reasons.within(null, async () => refuse('GATE-SCHEMA', 'empty', 'body', 'a body is expected'));
      return;
    }
    // What it says it is, where the route does not take that and only observes.
    let type = parseMediaType(contentType ?? '') ?? TYPES.opaque;
    await this.#reasons.within(null, async () => {
      type = checkedType(contentType, this.#policy);
    });
    const isWhole = await this.#reasons.within(null, async () => {
      const { feed, path } = await this.#decoded(body, contentEncoding);
      const { protocol } = this.#policy;
      if (protocol === 'v2-infer') await this.#infer(feed, path);
      else await this.#walk(feed, protocol === 'json' ? TYPES.json : type, path, 0, this.#check);
    });
    // What could not be taken apart is looked at as it is.
    if (!isWhole && !this.#passes)
      await this.#reasons.within(null, () =>
        inspectOpaque(body, 'body', new Spending(this.#policy.limits), 0, (bytes) =>
          this.#undeclared(bytes, 'body', 0),
        ),
      );
    body.settle(body.size);
  }

  /** The same for one of several things that lie beside each other: the next ones are looked at as well. */
  async #beside(field: string | null, inspect: () => Promise<void>): Promise<void> {
    // Of a body that passes it is not known where the next one begins.
    if (this.#passes) await inspect();
    else await this.#reasons.within(field, inspect);
  }

  async #strings(strings: readonly JsonString[], path: string, spending: Spending, depth: number): Promise<void> {
    if (!this.#reasons.isPatient) {
      await inspectStrings(strings, path, spending, depth);
      return;
    }
    for (const string of strings)
      await this.#reasons.within(string.key, () => inspectStrings([string], path, spending, depth));
  }

  async #fits(check: SchemaCheck | null, value: unknown, path: string): Promise<void> {
    if (check !== null) await this.#reasons.within(null, async () => check(value, path));
  }

  /** The query, and what of the head may hide something. */
  async #head(): Promise<void> {
    const { query, head = [] } = this.#job;
    if (query !== '') await this.#form(Buffer.from(query, 'latin1'), 'query', 0);
    for (const { where, text } of head)
      await this.#reasons.within(where, () => this.#value(Buffer.from(text, 'latin1'), `head>${where}`, 0));
  }

  /** Without its content codings, the last one first (RFC 9110, section 8.4). */
  async #decoded(feed: Feed, header: string | null): Promise<{ readonly feed: Feed; readonly path: string }> {
    const codings = parseCodings(header ?? '');
    if (codings === null)
      refuse('GATE-CODING', 'content-encoding', 'body', 'gzip, deflate, br and zstd are read, two of them at most');
    let path = 'body';
    if (codings.length === 0) return { feed, path };
    if (this.#passes) refusePassing('content-encoding', path, 'a body with a content coding');
    let bytes = await wholeOf(feed, path, this.#spending, 'a body with a content coding');
    for (const coding of codings.toReversed()) {
      path += `>${coding}`;
      bytes = await decode(bytes, coding, path, this.#spending);
    }
    return { feed: new Held(bytes), path };
  }

  #fresh(): Spending {
    if (this.#passes) this.#spending = new Spending(this.#policy.limits);
    return this.#spending;
  }

  /** A body or a part, by its type. Recursion: `depth` of the limits. */
  async #walk(feed: Feed, type: MediaType, path: string, depth: number, check: SchemaCheck | null): Promise<void> {
    const kind = kindOf(type.essence);
    switch (kind) {
      case 'json':
        await this.#json(feed, path, depth, check);
        return;
      case 'ndjson':
        await this.#lines(feed, path, depth);
        return;
      case 'multipart':
        await this.#multipart(feed, type, path, depth);
        return;
      case 'opaque':
        await this.#charsetOfBytes(feed, type, path, depth);
        await inspectOpaque(feed, path, this.#spending, depth, (bytes) => this.#undeclared(bytes, path, depth));
        return;
      default:
        await this.#text(await wholeOf(feed, path, this.#spending, kind), kind, type, path, depth);
    }
  }

  async #text(
    given: Buffer,
    kind: 'form' | 'xml' | 'csv' | 'yaml' | 'text',
    type: MediaType,
    path: string,
    depth: number,
  ): Promise<void> {
    const text = this.#charset(given, type, path);
    const inner = `${path}>${kind}`;
    if (type.essence === EVENT_STREAM) await this.#events(text, `${path}>events`, depth);
    else if (kind === 'text') await this.#undeclared(text, path, depth);
    else if (!isText(kind === 'form' ? given : text))
      refuse('GATE-MALFORMED', 'encoding', path, `${kind} that is no text`, { format: kind });
    else if (kind === 'form') await this.#form(given, inner, depth);
    else {
      const leaves =
        kind === 'xml' ? xmlLeaves(text, inner) : kind === 'csv' ? csvCells(text) : await scalars(text, inner);
      for (const { bytes, offset } of leaves) await inspectText(bytes, `${inner}@${offset}`, this.#spending, depth);
    }
    await inspectBytes(given, path, this.#spending, depth, kind === 'text' ? 'page' : 'whole');
    if (text !== given) await this.#declared(text, path, depth);
  }

  /** The text that a declared encoding makes of bytes; the bytes where it is the same. */
  #charset(bytes: Buffer, { parameters }: MediaType, path: string): Buffer {
    const declared = parameters.get('charset');
    if (declared === undefined) return bytes;
    const text = declaredText(bytes, declared);
    if (text === 'unknown')
      refuse('GATE-MEDIA-TYPE', 'charset', path, 'text in an encoding that the gate does not read');
    return text ?? bytes;
  }

  /** Events one by one. What the same key has in all of them is inspected together as well, as deltas of a chat are read. */
  async #events(text: Buffer, path: string, depth: number): Promise<void> {
    const joined = new Joined();
    const { jsonDepth } = this.#policy.limits;
    for (const { bytes, offset } of eventValues(text)) {
      await inspectText(bytes, `${path}@${offset}`, this.#spending, depth);
      if (!beginsAsJson(bytes)) joined.add(null, bytes);
      else
        for (const { bytes: string, key, isKey } of stringsOf(bytes, path, jsonDepth, 1))
          if (!isKey) joined.add(key, string);
    }
    for (const bytes of joined.values()) await inspectText(bytes, path, this.#spending, depth);
  }

  /** Bytes that declare an encoding of text: aiohttp's `request.text()` reads any type by it. */
  async #charsetOfBytes(feed: Feed, type: MediaType, path: string, depth: number): Promise<void> {
    const declared = type.parameters.get('charset');
    if (declared === undefined || isPlainCharset(declared)) return;
    const given = await wholeOf(feed, path, this.#spending, 'charset');
    const text = this.#charset(given, type, path);
    if (text !== given) await this.#declared(text, path, depth);
  }

  /** The text of a declared encoding. */
  #declared(text: Buffer, path: string, depth: number): Promise<void> {
    return inspectBytes(text, `${path}>charset`, this.#spending, depth, 'page');
  }

  /** What a body is in spite of its type, where it shows; JSON in text is found in any text. */
  async #undeclared(text: Buffer, path: string, depth: number): Promise<void> {
    let at = 0;
    while (at < text.length && (text[at] as number) <= 0x20) at += 1;
    if (text[at] !== 0x3c || !isText(text)) return;
    if (
      text
        .toString('latin1', at, at + HTML_HEAD)
        .toLowerCase()
        .includes('<!doctype html')
    )
      return;
    const inner = `${path}>text`;
    for (const { bytes, offset } of xmlLeaves(text, inner))
      await inspectText(bytes, `${inner}@${offset}`, this.#spending, depth);
  }

  /** JSON as it comes: each string is inspected before its bytes are settled. Gives the value where a schema is for it. */
  async #json(feed: Feed, path: string, depth: number, check: SchemaCheck | null, isInfer = false): Promise<unknown> {
    if (check !== null && feed.source === null) refusePassing('schema', path, 'JSON that a schema is for');
    const { limits, schemaIsLight, readsAsPython } = this.#policy;
    const reader = new JsonReader(path, {
      depth: limits.jsonDepth,
      shortest: SHORTEST_LEAF,
      exact: !schemaIsLight,
      ...(readsAsPython === true ? { lenient: true } : {}),
      ...(check === null && !isInfer ? { valueless: true } : {}),
      ...(this.#passes ? { passing: true } : {}),
    });
    const strings: JsonString[] = [];
    let step = STEP_BYTES;
    for (let at = 0; ;) {
      await feed.upTo(at + step);
      const isLast = feed.have >= feed.size;
      const next = reader.read(feed.bytes(at, feed.have), at, isLast);
      if (isLast && at === 0) {
        // All of it is here: the schema goes first, for it is cheap.
        for (const found of reader.take()) strings.push(found);
        await this.#fits(check, reader.value, path);
        await this.#strings(strings, `${path}>json`, this.#spending, depth);
        return reader.value;
      }
      await this.#strings(reader.take(), `${path}>json`, this.#fresh(), depth);
      if (isLast) break;
      if (next === at) {
        if (this.#passes && feed.have - at > HELD_BYTES)
          refusePassing('json-string', path, 'a string of so many bytes', at);
        step = Math.max(step, feed.have - at) * 2;
        continue;
      }
      at = next;
      step = STEP_BYTES;
      feed.settle(at);
    }
    await this.#fits(check, reader.value, path);
    return reader.value;
  }

  /** NDJSON: a text in each line. What the same key has in all of them is inspected together as well. */
  async #lines(feed: Feed, path: string, depth: number): Promise<void> {
    const joined = new Joined();
    for (let at = 0; ;) {
      const line = new Marked(feed, at, LINE_FEED);
      await line.upTo(this.#passes ? HELD_BYTES : Infinity);
      if (line.size === Infinity && !line.isCut)
        refusePassing('line', `${path}>line@${at}`, 'a line of so many bytes', at);
      const end = line.isCut ? feed.size : at + line.size;
      await this.#reasons.within(null, () => this.#line(feed.bytes(at, end), `${path}>line@${at}`, depth, joined));
      if (line.isCut) break;
      at = end + 1;
      feed.settle(at);
    }
    for (const bytes of joined.values()) await inspectText(bytes, `${path}>lines`, this.#fresh(), depth);
  }

  async #line(line: Buffer, path: string, depth: number, joined: Joined): Promise<void> {
    // RFC 7464 puts a record separator before each text.
    const text = line[0] === 0x1e ? line.subarray(1) : line;
    if (isBlankText(text)) return;
    const reader = new JsonReader(path, {
      depth: this.#policy.limits.jsonDepth,
      shortest: 1,
      exact: !this.#policy.schemaIsLight,
      ...(this.#policy.readsAsPython === true ? { lenient: true } : {}),
    });
    reader.read(text, 0, true);
    await this.#fits(this.#check, reader.value, path);
    const strings = reader.take();
    for (const { bytes, key, isKey } of strings) if (!isKey) joined.add(key, bytes);
    await this.#strings(strings, path, this.#fresh(), depth);
  }

  async #form(form: Buffer, path: string, depth: number): Promise<void> {
    for (const { bytes, offset, field } of formValues(form)) {
      if (bytes.length < SHORTEST_LEAF) continue;
      await this.#reasons.within(field, () => this.#value(bytes, `${path}@${offset}`, depth));
    }
  }

  /** A value that is text if it is UTF-8, and bytes otherwise. */
  async #value(bytes: Buffer, path: string, depth: number): Promise<void> {
    if (isText(bytes)) await inspectText(bytes, path, this.#spending, depth);
    else await inspectBytes(bytes, path, this.#spending, depth);
  }

  /**
   * Parts, one after the other. What parsers would read differently is refused: a cut one, a line too much, a boundary that stands
   * anywhere but behind a line end of its own.
   */
  async #multipart(feed: Feed, type: MediaType, outer: string, depth: number): Promise<void> {
    const path = `${outer}>multipart`;
    const fail = failAt(path);
    const delimiter = delimiterOf(type.parameters.get('boundary'), fail);
    let at = await this.#preamble(feed, delimiter, path, depth, fail);
    for (let parts = 0; ; parts += 1) {
      await feed.upTo(at + LONGEST_PADDING);
      const length = boundaryLine(feed.bytes(at, Math.min(feed.have, feed.size, at + LONGEST_PADDING)), fail, at);
      if (length === 'end') {
        await epilogue(feed, at + 2, fail);
        return;
      }
      at += length;
      if (parts >= this.#policy.limits.parts)
        refuse('GATE-BOMB', 'parts', path, `multipart: more than ${this.#policy.limits.parts} parts`);
      at = (await this.#part(feed, at, delimiter, path, depth, fail)) + delimiter.length;
    }
  }

  /** Behind the first boundary. What lies before it is nothing to most readers. */
  async #preamble(feed: Feed, delimiter: Buffer, path: string, depth: number, fail: Fail): Promise<number> {
    await feed.upTo(LONGEST_PREAMBLE);
    const beginning = feed.bytes(0, Math.min(feed.have, LONGEST_PREAMBLE));
    const boundary = delimiter.subarray(LINE_END_BYTES);
    const first = beginning.indexOf(boundary);
    if (first === -1) return fail('the boundary does not occur');
    const preamble = beginning.subarray(0, first);
    if (first > 0 && !preamble.toString('latin1').endsWith('\r\n'))
      return fail('the first boundary begins no line', first);
    // Django reads what looks like a part before the first boundary as one.
    if (EMPTY_LINES.some((line) => preamble.includes(line))) return fail('headers before the first boundary');
    if (!isBlankText(preamble)) await this.#value(preamble.subarray(0, -LINE_END_BYTES), `${path}>preamble`, depth);
    return first + boundary.length;
  }

  /** A part with its headers; gives the offset of the delimiter behind it. */
  async #part(feed: Feed, from: number, delimiter: Buffer, path: string, depth: number, fail: Fail): Promise<number> {
    const onStray = (offset: number): never => fail('a boundary that does not begin a line', offset);
    const all = new Marked(feed, from, delimiter, { lead: LINE_END_BYTES, onStray });
    await all.upTo(MAX_PART_HEADERS + 4);
    if (all.isCut) return fail('the last boundary is missing', from);
    const known = Math.min(all.have, MAX_PART_HEADERS + 4);
    const { headers, length } = partHeaders(Buffer.from(all.bytes(0, known)), from, fail);
    const start = from + length;
    const here = `${path}@${start}`;
    this.#fresh();
    const { type, encoding } = await this.#partHead(headers, here, depth);
    const body = new Marked(feed, start, delimiter, { lead: LINE_END_BYTES, onStray });
    // Two of its own line end may be the delimiter's.
    feed.settle(start - LINE_END_BYTES);
    const isBytes = leavesBytes(encoding) && kindOf(type.essence) === 'opaque';
    if (feed.source !== null) await body.toEnd();
    else if (!isBytes) {
      await body.upTo(HELD_BYTES);
      if (body.size === Infinity && !body.isCut) refusePassing('part', here, 'a part of text of so many bytes', from);
    }
    if (body.isCut) return fail('the last boundary is missing', from);
    const inside = this.#spending.deeper(depth, here);
    await this.#beside(partName(headers), async () => {
      if (isBytes) await this.#walk(body, type, here, inside, null);
      else await this.#heldPart(await wholeOf(body, here, this.#spending, 'a part'), type, encoding, here, depth);
    });
    if (body.isCut) return fail('the last boundary is missing', from);
    return start + body.size;
  }

  /** What the headers of a part say, and may hide. */
  async #partHead(
    headers: ReadonlyMap<string, string>,
    path: string,
    depth: number,
  ): Promise<{ readonly type: MediaType; readonly encoding: string | undefined }> {
    const declared = headers.get('content-type');
    const type = declared === undefined ? TYPES.text : parseMediaType(declared);
    if (type === null) refuse('GATE-MALFORMED', 'multipart', path, 'multipart: a part has no proper media type');
    if (isExecutableType(type.essence))
      refuse('GATE-PICKLE-TYPE', 'part content-type', path, 'a part declares an executable object format');
    for (const value of headers.values())
      for (const leaf of headerLeaves(value)) await this.#value(leaf, `${path}>header`, depth);
    // By this name a part says in which encoding all others are (RFC 7578, section 4.6).
    if (/name="?_charset_/i.test(headers.get('content-disposition') ?? ''))
      refuse('GATE-MALFORMED', 'multipart', path, 'multipart: a part declares the encoding of others');
    return { type, encoding: headers.get('content-transfer-encoding') };
  }

  /** Readers pass over the type of a part as often as not: what it says is read, and what the bytes say. */
  async #heldPart(
    bytes: Buffer,
    type: MediaType,
    encoding: string | undefined,
    path: string,
    depth: number,
  ): Promise<void> {
    const decoded = transferDecoded(bytes, encoding);
    if (decoded === null)
      refuse('GATE-CODING', 'content-transfer-encoding', path, 'the transfer encoding of a part is unknown');
    // Servers differ in whether they undo it.
    if (decoded !== bytes) {
      await inspectBytes(bytes, path, this.#spending, depth);
      const text = this.#charset(bytes, type, path);
      if (text !== bytes) await this.#declared(text, path, depth);
    }
    if (decoded.length === 0) return;
    const inside = this.#spending.deeper(depth, path);
    if (kindOf(type.essence) === 'json') {
      await inspectBytes(decoded, path, this.#spending, inside);
      const text = this.#charset(decoded, type, path);
      if (text !== decoded) await this.#declared(text, path, inside);
    }
    await this.#walk(new Held(decoded), type, path, inside, null);
  }

  /** JSON, and behind it the tensors of the binary extension where its header says so. */
  async #infer(feed: Feed, path: string): Promise<void> {
    const most = this.#passes ? HELD_BYTES : feed.size;
    const declared = inferHeaderLength(this.#job.inferHeaderLength, most, path);
    if (declared === null && this.#passes) refusePassing('schema', path, 'JSON that a schema is for');
    // Triton's "raw binary request": all of the body is the one input of the model.
    if (declared === 0) {
      await inspectOpaque(feed, path, this.#spending, 0, () => Promise.resolve());
      return;
    }
    const length = declared ?? feed.size;
    if (!(await feed.upTo(length))) refuseHeaderLength(path);
    const head = feed.bytes(0, length);
    // A view of what passes would hold all that came with it.
    const header = new Held(this.#passes ? Buffer.from(head) : head);
    const request = await this.#json(header, path, 0, this.#check, true);
    let at = length;
    for (const tensor of binaryTensors(request, path)) {
      if (at + tensor.size > feed.most)
        refuse('GATE-TENSOR', 'tensor-size', tensor.here, 'the tensors are longer than the body');
      await this.#beside(null, () => this.#tensor(new Stretch(feed, at, tensor.size), tensor));
      at += tensor.size;
    }
    if (await feed.upTo(at + 1))
      refuse('GATE-TENSOR', 'tensor-rest', path, 'bytes follow the tensors that the header announces', { offset: at });
  }

  /** Numbers, or elements of BYTES: a length of 32 bits, little endian, and the content. */
  async #tensor(feed: Feed, { here, elements, width }: BinaryTensor): Promise<void> {
    if (width !== undefined) {
      const none = (): Promise<void> => Promise.resolve();
      await inspectOpaque(feed, here, this.#fresh(), 0, none, 'numbers');
      if (feed.have < feed.size && feed.source === null)
        refuse('GATE-TENSOR', 'tensor-size', here, 'the tensors are longer than the body');
      feed.settle(feed.size);
      return;
    }
    let at = 0;
    let count = 0;
    const cut = (detail: string): never => refuse('GATE-TENSOR', 'tensor-element', here, detail, { offset: at });
    while (at < feed.size) {
      if (!(await feed.upTo(at + 4))) cut('an element is cut');
      const length = feed.bytes(at, at + 4).readUInt32LE();
      if (at + 4 + length > feed.size) cut('an element is longer than its tensor');
      const path = `${here}@${at + 4}`;
      const spending = this.#fresh();
      spending.leaf(path);
      const element = new Stretch(feed, at + 4, length);
      await inspectOpaque(element, path, spending, 0, () => Promise.resolve());
      if (element.have < length && feed.source === null) cut('an element is cut');
      at += 4 + length;
      count += 1;
      feed.settle(at);
    }
    if (count !== elements)
      refuse('GATE-TENSOR', 'tensor-size', here, `the tensor has ${count} elements, the shape says ${elements}`);
  }
}

const HTML_HEAD = 256;
const EVENT_STREAM = 'text/event-stream';

function beginsAsJson(text: Buffer): boolean {
  const first = text.find((byte) => byte > 0x20);
  return first === 0x7b || first === 0x5b || first === 0x22;
}

/** The name of a part, as exceptions name it. */
const PART_NAME = /;\s{0,8}name="([^"]{0,128})"/i;

function partName(headers: ReadonlyMap<string, string>): string | null {
  return PART_NAME.exec(headers.get('content-disposition') ?? '')?.[1] ?? null;
}
const EMPTY_LINES = ['\r\n\r\n', '\n\n', '\r\r'];

async function epilogue(feed: Feed, from: number, fail: Fail): Promise<void> {
  for (let at = from; await feed.upTo(at + 1); at = feed.have) {
    if (!isBlankText(feed.bytes(at, feed.have))) fail('something follows the last boundary', at);
    feed.settle(feed.have);
  }
}

/** `Inference-Header-Content-Length`, where there is one; `most` bytes follow the head of the request. */
function inferHeaderLength(declared: string | null, most: number, path: string): number | null {
  if (declared === null) return null;
  const isCount = declared !== '' && declared.length <= 15 && !/[^0-9]/.test(declared);
  if (!isCount || Number(declared) > most) refuseHeaderLength(path);
  return Number(declared);
}

function refuseHeaderLength(path: string): never {
  refuse('GATE-TENSOR', 'inference-header', path, 'Inference-Header-Content-Length is not the length of a header');
}

/** YAML's parser is loaded when somebody sends YAML. */
async function scalars(text: Buffer, path: string): Promise<readonly { bytes: Buffer; offset: number }[]> {
  const { yamlScalars } = await import('./yaml-scalars.js');
  return yamlScalars(text, path);
}

/** The strings of the same key in all lines of NDJSON, one behind the other. */
class Joined {
  readonly #groups = new Map<string | null, Buffer[]>();
  #bytes = 0;

  add(key: string | null, bytes: Buffer): void {
    if (bytes.length === 0 || this.#bytes + bytes.length > JOINED_BYTES) return;
    this.#bytes += bytes.length;
    const group = this.#groups.get(key);
    // A view would hold the line around it.
    if (group === undefined) this.#groups.set(key, [Buffer.from(bytes)]);
    else group.push(Buffer.from(bytes));
  }

  *values(): Generator<Buffer> {
    for (const group of this.#groups.values()) if (group.length > 1) yield Buffer.concat(group);
  }
}
