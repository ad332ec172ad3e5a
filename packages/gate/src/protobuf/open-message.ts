import type { InspectionJob } from '../model/route-policy.js';
import type { InspectionLimits } from '../model/limits.js';
import { refuse, Refused, type Refusal } from '../model/rules.js';
import { Allowance, blobs, decodeMessage, messages, text, texts, type Message } from './decode.js';
import { elementsOf, shapeOf } from './elements.js';
import { decodedMessage } from './message-coding.js';
import { GRPC_METHODS, type GrpcMethod } from './methods.js';

/** What of a message is inspected as text: names, parameters and their keys. */
interface Text {
  readonly where: string;
  readonly text: string;
}

/** Bytes of a tensor, with what its header says; other bytes are a BYTES tensor of one element. */
interface Piece {
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
}

/**
 * A gRPC message as a job of the inspection: its tensors are handed over as the binary extension of v2 has them over HTTP
 * (JSON that says what they are, their bytes behind it), its texts as values of a head. So both protocols are held to
 * the same. Returns the refusal where the message cannot be read.
 */
export function openMessage(job: InspectionJob, limits: InspectionLimits): InspectionJob | Refusal {
  const { grpc, head = [], ...rest } = job;
  if (grpc === undefined) return job;
  try {
    const method = GRPC_METHODS.get(grpc.method);
    if (method === undefined) throw new Error(`no shape of ${grpc.method}`);
    const allowance = new Allowance(limits);
    const bytes = grpc.coding === null ? job.body : decodedMessage(job.body, grpc.coding, limits);
    const found: Text[] = [];
    const pieces =
      grpc.isAnswer === true
        ? answerPieces(bytes, method, found, allowance)
        : requestPieces(bytes, method, found, allowance);
    return { ...rest, contentType: null, contentEncoding: null, head: [...head, ...found], ...asTensors(pieces) };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** Texts of a message are not in a head: the path begins with `message`. Tensors of an answer are outputs. */
export function pathInMessage(refusal: Refusal, isAnswer = false): Refusal {
  const inMessage = refusal.path.replace(/^head>message/, 'message').replace(/^body/, 'message');
  const path = isAnswer ? inMessage.replace(/^message>input /, 'message>output ') : inMessage;
  return { ...refusal, path };
}

function asTensors(pieces: readonly Piece[]): Pick<InspectionJob, 'body' | 'inferHeaderLength'> {
  if (pieces.length === 0) return { body: new Uint8Array(0), inferHeaderLength: null };
  const inputs = pieces.map(({ datatype, shape, bytes, contentType }, index) => ({
    name: String(index),
    datatype,
    shape,
    parameters: { binary_data_size: bytes.length, ...(contentType === undefined ? {} : { content_type: contentType }) },
  }));
  const header = Buffer.from(JSON.stringify({ inputs }));
  return {
    body: Buffer.concat([header, ...pieces.map(({ bytes }) => bytes)]),
    inferHeaderLength: String(header.length),
  };
}

function requestPieces(bytes: Uint8Array, method: GrpcMethod, found: Text[], allowance: Allowance): Piece[] {
  const message = decodeMessage(bytes, method.request, 'message', allowance);
  return method.kind === 'infer'
    ? inferPieces(message, INPUTS, found, allowance)
    : otherPieces(message, 'message', found);
}

/** The tensors of an answer. One without any is bytes, whatever fields it has. */
function answerPieces(
  bytes: Uint8Array,
  { response, isStreaming }: GrpcMethod,
  found: Text[],
  allowance: Allowance,
): Piece[] {
  if (response === null) return bytes.length === 0 ? [] : [oneElement(bytes)];
  const message = decodeMessage(bytes, response, 'message', allowance);
  if (!isStreaming) return inferPieces(message, OUTPUTS, found, allowance);
  const error = text(message, 'error_message');
  if (error !== '') found.push({ where: 'message>error_message', text: error });
  const [answer] = messages(message, 'infer_response');
  return answer === undefined ? [] : inferPieces(answer, OUTPUTS, found, allowance);
}

/** Where the tensors of a message are, and what they are called. */
interface Direction {
  readonly tensors: string;
  readonly raw: string;
  readonly name: string;
}

const INPUTS: Direction = { tensors: 'inputs', raw: 'raw_input_contents', name: 'input' };
const OUTPUTS: Direction = { tensors: 'outputs', raw: 'raw_output_contents', name: 'output' };

function inferPieces(message: Message, direction: Direction, found: Text[], allowance: Allowance): Piece[] {
  const pieces: Piece[] = [];
  const declarations: Piece[] = [];
  const note = (where: string, value: string): void => {
    if (value !== '') found.push({ where: `message>${where}`, text: value });
  };
  for (const field of ['model_name', 'model_version', 'id']) note(field, text(message, field));
  const declare = (contentType: string | undefined): void => {
    // A tensor without elements says it: the inspection knows `content_type` as a parameter of tensors.
    if (contentType !== undefined)
      declarations.push({ datatype: 'BYTES', shape: [0], bytes: new Uint8Array(0), contentType });
  };
  declare(addParameters(message, '', note));
  const raw = blobs(message, direction.raw);
  const tensors = messages(message, direction.tensors);
  if (raw.length > 0 && raw.length !== tensors.length)
    refuse('GATE-TENSOR', 'raw-count', 'message', `${raw.length} raw contents for ${tensors.length} tensors`);
  for (const [index, tensor] of tensors.entries()) {
    const here = `${direction.name} ${index}`;
    note(here, text(tensor, 'name'));
    note(here, text(tensor, 'datatype'));
    const contentType = addParameters(tensor, `${here}>`, note, true);
    pieces.push({ ...tensorOf(tensor, raw[index], `message>${here}`, allowance), contentType });
  }
  // What a request wants as outputs has no contents.
  for (const [index, output] of direction === INPUTS ? messages(message, 'outputs').entries() : []) {
    note(`output ${index}`, text(output, 'name'));
    declare(addParameters(output, `output ${index}>`, note));
  }
  // Behind the tensors, so that those have the numbers of the message.
  return [...pieces, ...declarations];
}

/** Notes keys and values. Returns `content_type`, by which MLServer decodes a tensor. */
function addParameters(
  owner: Message,
  prefix: string,
  note: (where: string, value: string) => void,
  isTensor = false,
): string | undefined {
  let declared: string | undefined;
  const keys = new Set<string>();
  for (const entry of messages(owner, 'parameters')) {
    const key = text(entry, 'key');
    if (keys.has(key)) refuse('GATE-MALFORMED', 'protobuf-map', 'message', 'a parameter is there twice');
    keys.add(key);
    const [parameter] = messages(entry, 'value');
    const value = parameter === undefined ? '' : text(parameter, 'string_param');
    note(`${prefix}parameter`, key);
    note(`${prefix}parameter`, value);
    if (key === 'content_type') declared = value;
    if (key === 'shared_memory_region' && isTensor)
      refuse('GATE-TENSOR', 'shared-memory', 'message', 'a tensor in shared memory: the gate cannot see it');
  }
  return declared;
}

function tensorOf(
  input: Message,
  raw: Uint8Array | undefined,
  path: string,
  allowance: Allowance,
): Omit<Piece, 'contentType'> {
  const datatype = text(input, 'datatype');
  const shape = shapeOf(input, path);
  const [contents] = messages(input, 'contents');
  if (raw !== undefined) {
    if (contents !== undefined && contents.size > 0)
      refuse('GATE-TENSOR', 'tensor-data', path, 'a tensor has typed contents and raw ones');
    return { datatype, shape, bytes: raw };
  }
  if (contents === undefined) return { datatype, shape, bytes: new Uint8Array(0) };
  const { count, bytes } = elementsOf(contents, datatype, path, allowance);
  const promised = shape.includes(-1) ? Infinity : shape.reduce((product, size) => product * size, 1);
  // As in JSON: fewer is for the server to refuse, and of texts MLServer's clients give the length as the shape.
  if (datatype !== 'BYTES' && count > promised)
    refuse('GATE-TENSOR', 'tensor-size', path, `the data have ${count} elements, the shape says ${promised}`);
  return { datatype, shape: [count], bytes };
}

/** All texts of a message, and its bytes. Recursion: the depth of the message's shape. */
function otherPieces(message: Message, path: string, found: Text[]): Piece[] {
  const pieces: Piece[] = [];
  for (const [field, values] of message) {
    const here = `${path}>${field}`;
    for (const value of texts(message, field)) found.push({ where: here, text: value });
    for (const inner of messages(message, field))
      for (const piece of otherPieces(inner, here, found)) pieces.push(piece);
    if (!BYTES_FIELDS.has(field)) continue;
    for (const bytes of values) if (bytes instanceof Uint8Array) pieces.push(oneElement(bytes));
  }
  return pieces;
}

const BYTES_FIELDS: ReadonlySet<string> = new Set(['bytes_param', 'raw_handle']);

function oneElement(bytes: Uint8Array): Piece {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return { datatype: 'BYTES', shape: [1], bytes: Buffer.concat([length, bytes]), contentType: undefined };
}
