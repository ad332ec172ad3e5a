import type { ByteSource } from '../bytes/source.js';
import type { ScanInput as OpenInput } from '../collect.js';
import { be, checkArgument, isObject, kindOf, type Check } from './check.js';

/** One thing to scan. */
export interface ScanInput {
  /** As the report names it. */
  readonly path: string;
  /** Null for what could not be opened: its report is incomplete, with `problem`. */
  readonly source: ByteSource | null;
  /** Size in bytes: that of the source. */
  readonly size?: number;
  readonly problem?: OpenInput['problem'];
  readonly identity?: string;
  /** Called when the scan is done with it. Says what changed meanwhile, or null. */
  close?(): string | null;
}

/** Many things to scan, at hand or as they are found. */
export type ScanInputs = Iterable<ScanInput> | AsyncIterable<ScanInput>;

/** What a source has to be before a byte is asked for. */
export const aSource: Check = (value) => {
  if (!isObject(value) || typeof value['read'] !== 'function')
    return 'a source, which has `size` and `read(offset, length)` (memorySource makes one of bytes, blobSource one of a Blob)';
  const { size, profile } = value;
  const isSize = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
  if (!isSize) return 'a source whose `size` is a whole number of bytes';
  return profile === undefined || isProfile(profile) ? null : 'a source whose `profile` is one as REMOTE_READS is';
};

/** `ReadProfile`: sizes by which reads are planned. One that is missing would leave the plan without an end. */
function isProfile(value: unknown): boolean {
  if (!isObject(value) || typeof value['remote'] !== 'boolean') return false;
  const { page, straight } = value;
  const isCount = (size: unknown): boolean => Number.isSafeInteger(size) && Number(size) > 0;
  if (!isCount(page) || !Number.isInteger(Math.log2(Number(page)))) return false;
  return (
    (['first', 'most', 'gap', 'cached'] as const).every((name) => isCount(value[name])) &&
    (isCount(straight) || straight === Infinity)
  );
}

const aPath = be('a text', (value) => typeof value === 'string');

/** A list of inputs. A text has characters, which are no inputs: none is ever iterated. */
export function checkInputs(where: string, inputs: unknown): void {
  const isList = isObject(inputs) && (Symbol.iterator in inputs || Symbol.asyncIterator in inputs);
  if (isList && !ArrayBuffer.isView(inputs)) return;
  throw new TypeError(
    `${where}: inputs have to be a list of { path, source }, not ${kindOf(inputs)} (scanFiles of @artifact-sentinel/core/node takes paths)`,
  );
}

/** The inputs, each of them looked at when its turn comes. */
export async function* checkedInputs(where: string, inputs: ScanInputs): AsyncGenerator<OpenInput> {
  for await (const input of inputs as AsyncIterable<unknown>) yield checked(where, input);
}

function checked(where: string, given: unknown): OpenInput {
  checkArgument(where, 'an input', given, be('{ path, source }', isObject));
  const input = given as ScanInput;
  checkArgument(where, '`path` of an input', input.path, aPath);
  if (input.source !== null) checkArgument(where, `\`source\` of ${input.path}`, input.source, aSource);
  const size = input.source?.size ?? input.size ?? 0;
  if (input.size !== undefined)
    checkArgument(
      where,
      `\`size\` of ${input.path}`,
      input.size,
      be(`${size}, the size of its source`, (value) => value === size),
    );
  // An input with its size is given on as it is: it may have getters, and `close` needs its object.
  if (input.size !== undefined) return input as OpenInput;
  const { path, source } = input;
  return { path, source, size, ...rest(input), close: () => input.close?.() ?? null };
}

function rest({ problem, identity }: ScanInput): Pick<OpenInput, 'problem' | 'identity'> {
  return { ...(problem === undefined ? {} : { problem }), ...(identity === undefined ? {} : { identity }) };
}
