import { bytesAtHand } from '../../bytes/read.js';
import { InputError } from '../../model/errors.js';
import type { Format } from '../../model/format.js';
import { endsInNothing } from '../../pickle/breaks-at-once.js';
import { opcode } from '../../pickle/opcodes.js';
import { isReportedBeside } from '../../plausibility/stream.js';
import { analyseSequence } from '../../streams/sequence.js';
import { analyseStream } from '../../streams/stream.js';
import type { Member } from '../members/container.js';
import type { FurtherReading } from '../members/further.js';
import { ignored, type Found, type Look } from '../members/look.js';
import { pickleInput, streamFound } from '../members/streams.js';

/** Bytes that say they are one thing and, from the first byte on, are a pickle as well: each loader sees its own. */
export const polyglot: FurtherReading = (member, { format, firstByte }, look) => {
  if (format === 'pickle' || format === 'maybe-pickle' || opcode(firstByte) === undefined) return null;
  return pickleBeside(member, format, look);
};

async function* pickleBeside(member: Member, format: Format, look: Look): AsyncGenerator<Found> {
  if (!(await isPlainlyNoPickle(member, look))) yield* runAsPickle(member, format, look);
}

/** @internal For tests. */
export async function* runAsPickle(member: Member, format: Format, look: Look): AsyncGenerator<Found> {
  const input = pickleInput(member, look);
  let isReported = look.formats.isOpaque(format);
  for await (const result of analyseSequence(input, await analyseStream(input, 0))) {
    if (!isReportedBeside(result)) continue;
    if (!isReported) {
      const detail = `these bytes are ${format} and, read from the first byte, a pickle`;
      yield {
        kind: 'fact',
        fact: {
          kind: 'archive.ambiguous',
          at: { path: member.path, offset: 0, line: null },
          problem: 'polyglot',
          entry: null,
          detail,
        },
      };
    }
    isReported = true;
    yield* streamFound(result, ignored(member), look);
  }
}

/** Most bytes of other formats turn out within so many to be no pickle; the machine would begin with as many. */
const POLYGLOT_BYTES = 4096;

/**
 * Whether bytes of another format turn out to be no pickle, where that shows at once. A fault is for the analysis to meet.
 * @internal For tests.
 */
export async function isPlainlyNoPickle({ source }: Member, look: Look): Promise<boolean> {
  const head = bytesAtHand(source, POLYGLOT_BYTES) ?? (await headOf(source));
  if (head === null || !endsInNothing(head)) return false;
  look.budget.countLooked(head.length);
  return true;
}

async function headOf(source: Member['source']): Promise<Uint8Array | null> {
  try {
    return await source.read(0, POLYGLOT_BYTES);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
