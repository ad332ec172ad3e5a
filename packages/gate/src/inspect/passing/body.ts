import type { InspectionJob, RoutePolicy } from '../../model/route-policy.js';
import { refuse, Refused, type Refusal } from '../../model/rules.js';
import { checkedType, inferHeaderLength, Inspection } from '../body.js';
import { inspectBytes } from '../leaves.js';
import { kindOf, type MediaType } from '../media-type.js';
import { boundaryLine, delimiterOf, failAt, isBlankText, leavesBytes, partHeaders, type Fail } from '../multipart.js';
import { LONGEST_PADDING } from '../../model/limits.js';
import { MAX_PART_HEADERS } from '../../model/limits.js';
import type { SchemaCheck } from '../schema.js';
import { binaryTensors, type BinaryTensor } from '../tensors.js';
import { Marked, Stretch, type Feed } from './ahead.js';
import { HEAD_BYTES, passBytes, refusePassing } from './bytes.js';
import { HELD_BYTES, JsonPassing } from './json.js';
import { LONGEST_PREAMBLE } from '../../model/limits.js';

const LINE_FEED = Buffer.from('\n');
const NO_BODY = Buffer.alloc(0);

/**
 * What is wrong with a request whose body passes while it is inspected, or null. `feed.settle` says what may go on; at the
 * end all of it may, or what is wrong is the answer.
 */
export async function inspectPassing(
  job: InspectionJob,
  policy: RoutePolicy,
  check: SchemaCheck | null,
  feed: Feed,
): Promise<Refusal | null> {
  try {
    await new PassingBody(job, policy, check, feed).run();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

class PassingBody {
  readonly #job: InspectionJob;
  readonly #policy: RoutePolicy;
  readonly #feed: Feed;
  readonly #inspection: Inspection;
  readonly #hasSchema: boolean;

  constructor(job: InspectionJob, policy: RoutePolicy, check: SchemaCheck | null, feed: Feed) {
    this.#job = job;
    this.#policy = policy;
    this.#feed = feed;
    this.#hasSchema = check !== null;
    this.#inspection = new Inspection({ ...job, body: NO_BODY }, policy, check);
  }

  async run(): Promise<void> {
    await this.#inspection.head();
    const type = checkedType(this.#job.contentType, this.#policy);
    if (this.#job.contentEncoding !== null) refusePassing('content-encoding', 'body', 'a body with a content coding');
    if (this.#policy.protocol === 'v2-infer') await this.#infer();
    else await this.#byType(this.#policy.protocol === 'json' ? 'json' : kindOf(type.essence), type);
    this.#feed.settle(this.#feed.size);
  }

  async #byType(kind: ReturnType<typeof kindOf>, type: MediaType): Promise<void> {
    switch (kind) {
      case 'opaque':
        await this.#bytes(this.#feed, 'body', (bytes) => this.#inspection.entity(bytes, type, 'body', 0, true));
        return;
      case 'multipart':
        await this.#multipart(type);
        return;
      case 'ndjson':
        await this.#lines();
        return;
      case 'json':
        if (this.#hasSchema) refusePassing('schema', 'body', 'JSON that a schema is for');
        await new JsonPassing(this.#feed, 'body', this.#policy.limits.jsonDepth, () => this.#inspection.afresh()).run();
        return;
      default:
        refusePassing(kind, 'body', 'text');
    }
  }

  /** Bytes that pass; those that end at once are inspected as a whole. */
  async #bytes(feed: Feed, path: string, whole: (bytes: Buffer) => Promise<void>): Promise<void> {
    const held = await passBytes(feed, path, 'whole', this.#policy.limits);
    if (held !== null) await whole(held);
  }

  async #lines(): Promise<void> {
    const feed = this.#feed;
    for (let at = 0; ;) {
      const line = new Marked(feed, at, LINE_FEED);
      await line.upTo(HELD_BYTES);
      if (line.size === Infinity && !line.isCut)
        refusePassing('line', `body>line@${at}`, 'a line of so many bytes', at);
      const end = line.isCut ? feed.size : at + line.size;
      this.#inspection.afresh();
      await this.#inspection.line(feed.bytes(at, end), `body>line@${at}`);
      if (line.isCut) return;
      at = end + 1;
      feed.settle(at);
    }
  }

  async #multipart(type: MediaType): Promise<void> {
    const feed = this.#feed;
    const path = 'body>multipart';
    const fail = failAt(path);
    const delimiter = delimiterOf(type.parameters.get('boundary'), fail);
    await feed.upTo(LONGEST_PREAMBLE);
    const beginning = feed.bytes(0, Math.min(feed.have, LONGEST_PREAMBLE));
    const first = beginning.indexOf(delimiter.subarray(2));
    if (first === -1) return fail('the boundary does not occur');
    if (first > 0 && !beginning.subarray(0, first).toString('latin1').endsWith('\r\n'))
      return fail('the first boundary begins no line', first);
    let at = first + delimiter.length - 2;
    for (let parts = 0; ; parts += 1) {
      await feed.upTo(at + LONGEST_PADDING);
      const length = boundaryLine(feed.bytes(at, Math.min(feed.have, at + LONGEST_PADDING)), fail, at);
      if (length === 'end') {
        await this.#epilogue(at + 2, fail);
        return;
      }
      at += length;
      if (parts >= this.#policy.limits.parts)
        refuse('GATE-BOMB', 'parts', path, `multipart: more than ${this.#policy.limits.parts} parts`);
      at = (await this.#part(at, delimiter, path, fail)) + delimiter.length;
    }
  }

  /** A part with its headers; gives the offset of the delimiter behind it. */
  async #part(from: number, delimiter: Buffer, path: string, fail: Fail): Promise<number> {
    const feed = this.#feed;
    // The delimiter may follow an empty part at once: its line feed is the one that ends the line before.
    const all = new Marked(feed, from, delimiter, from - 2);
    await all.upTo(MAX_PART_HEADERS + 4);
    if (all.isCut) return fail('the last boundary is missing', from);
    const known = Math.min(all.have, MAX_PART_HEADERS + 4);
    const { headers, length } = partHeaders(Buffer.from(all.bytes(0, known)), from, fail);
    const here = `${path}@${from + length}`;
    this.#inspection.afresh();
    const { type, encoding } = await this.#inspection.partHead(headers, here);
    const body = new Marked(feed, from + length, delimiter);
    const isBytes = leavesBytes(encoding) && kindOf(type.essence) === 'opaque';
    feed.settle(from + length);
    if (isBytes) await this.#bytes(body, here, (bytes) => this.#inspection.heldPart(bytes, type, encoding, here));
    else {
      await body.upTo(HELD_BYTES);
      if (body.size === Infinity && !body.isCut) refusePassing('part', here, 'a part of text of so many bytes', from);
      if (!body.isCut) await this.#inspection.heldPart(body.bytes(0, body.size), type, encoding, here);
    }
    if (body.isCut) return fail('the last boundary is missing', from);
    return from + length + body.size;
  }

  async #epilogue(from: number, fail: Fail): Promise<void> {
    const feed = this.#feed;
    for (let at = from; await feed.upTo(at + 1); at = feed.have) {
      if (!isBlankText(feed.bytes(at, feed.have))) return fail('something follows the last boundary', at);
      feed.settle(feed.have);
    }
  }

  /** The JSON is held, the tensors behind it pass. */
  async #infer(): Promise<void> {
    const feed = this.#feed;
    const declared = inferHeaderLength(this.#job.inferHeaderLength, HELD_BYTES, 'body');
    if (declared === null) refusePassing('schema', 'body', 'JSON that a schema is for');
    if (!(await feed.upTo(declared)))
      refuse(
        'GATE-TENSOR',
        'inference-header',
        'body',
        'Inference-Header-Content-Length is not the length of a header',
      );
    const request = await this.#inspection.inferHeader(Buffer.from(feed.bytes(0, declared)), 'body');
    let at = declared;
    for (const tensor of binaryTensors(request, 'body')) {
      if (at + tensor.size > feed.most)
        refuse('GATE-TENSOR', 'tensor-size', tensor.here, 'the tensors are longer than the body');
      await this.#tensor(new Stretch(feed, at, tensor.size), tensor);
      at += tensor.size;
    }
    if (await feed.upTo(at + 1))
      refuse('GATE-TENSOR', 'tensor-rest', 'body', 'bytes follow the tensors that the header announces', {
        offset: at,
      });
  }

  async #tensor(feed: Feed, { here, elements, width }: BinaryTensor): Promise<void> {
    const short = (): never => refuse('GATE-TENSOR', 'tensor-size', here, 'the tensors are longer than the body');
    if (width !== undefined) {
      const held = await passBytes(feed, here, 'numbers', this.#policy.limits);
      if (held !== null) {
        if (held.length < feed.size) short();
        await inspectBytes(held, here, this.#inspection.afresh(), 0, 'numbers');
      } else if (feed.have < feed.size) short();
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
      const element = new Stretch(feed, at + 4, length);
      const path = `${here}@${at + 4}`;
      const spending = this.#inspection.afresh();
      if (length > HEAD_BYTES) {
        await this.#bytes(element, path, async () => cut('an element is cut'));
        if (element.have < length) cut('an element is cut');
      } else if (await element.upTo(length)) await inspectBytes(Buffer.from(element.bytes(0, length)), path, spending);
      else cut('an element is cut');
      at += 4 + length;
      count += 1;
      feed.settle(at);
    }
    if (count !== elements)
      refuse('GATE-TENSOR', 'tensor-size', here, `the tensor has ${count} elements, the shape says ${elements}`);
  }
}
