import type { Fact, PickleStructFact, StreamFacts, StreamRole, StructSignal } from '../model/fact.js';
import type { TraceItem } from '../model/trace.js';
import { plural } from '../report/words.js';
import { gapItem, line, lineItem, type Line } from './lines.js';
import { marksOf } from './marks.js';
import { type Program } from './program.js';
import { MAX_MARKED_LINES } from '../model/limits.js';

const ROLES: Readonly<Record<StreamRole, string>> = {
  plain: 'pickle',
  'torch-zip': 'torch checkpoint',
  'torch-legacy': 'torch checkpoint, old format',
  'torch-tar': 'torch checkpoint, tar format',
  torchscript: 'TorchScript: read by C++, where names are types',
  joblib: 'joblib',
  npy: 'object array of numpy',
  array: 'object array inside a joblib pickle',
  embedded: 'bytes inside another pickle',
};

/** Signals that the lines of the program themselves say. */
const SAID: ReadonlySet<StructSignal> = new Set(['build-on-global', 'setitem-on-global', 'extension-code']);

const READINGS = {
  usual: '',
  unbuffered: 'read from a file without peek() the stream goes on otherwise:',
  plain: 'read by plain pickle, which knows no arrays of joblib, the stream goes on otherwise:',
} as const;

/** The items of one stream: its header, its program, how it ended, and how other readers go on. */
export function* streamItems(
  stream: StreamFacts,
  facts: readonly Fact[],
  programs: readonly Program[],
): Generator<TraceItem> {
  const { path, offset, length, role, protocol } = stream;
  const about = `${ROLES[role]}, protocol ${protocol}, ${plural(length, 'byte')}`;
  yield { kind: 'stream', path, offset, length, role, protocol, about };
  const [usual, ...others] = programs;
  const signals = facts.filter(
    (fact): fact is PickleStructFact => fact.kind === 'pickle.structure' && !SAID.has(fact.signal),
  );
  const marks = marksOf(facts, role);
  if (usual !== undefined) yield* programItems(path, usual, withSignals(usual.lines, signals), marks);
  if (stream.end === 'error') {
    const stop = line(offset + length, `stops here: ${stream.error ?? 'the stream does not end'}`);
    yield lineItem(path, stop, null, true);
  }
  for (const other of others) {
    const same = common(usual?.lines ?? [], other.lines);
    const rest = other.lines.slice(same);
    if (rest.length === 0) continue;
    yield gapItem(READINGS[other.reading]);
    yield* programItems(path, other, rest, marks, same);
  }
}

function* programItems(
  path: string,
  program: Program,
  lines: readonly Line[],
  marks: ReturnType<typeof marksOf>,
  skipped = 0,
): Generator<TraceItem> {
  const beyond = program.firstBeyond === null ? null : program.lines[program.firstBeyond];
  const left = `… ${plural(program.hidden, 'more effect')}; from here on only lines with a warning are shown, at most ${MAX_MARKED_LINES}`;
  let isRemarked = program.hidden === 0 || (program.firstBeyond ?? 0) < skipped;
  for (const shown of lines) {
    if (!isRemarked && shown === beyond) {
      isRemarked = true;
      yield gapItem(left);
    }
    yield lineItem(path, shown, shown.subject === null ? null : marks(shown.subject));
  }
  if (!isRemarked) yield gapItem(left);
}

/** Structural oddities are shown at their offsets. */
function withSignals(lines: readonly Line[], facts: readonly PickleStructFact[]): readonly Line[] {
  const remarks = facts.map((fact) => {
    const times = fact.count > 1 ? ` (${fact.count} times, first here)` : '';
    return line(fact.at.offset ?? 0, `# ${fact.signal}: ${fact.detail}${times}`);
  });
  return [...lines, ...remarks].sort((a, b) => a.offset - b.offset);
}

function common(one: readonly Line[], other: readonly Line[]): number {
  let same = 0;
  while (
    same < other.length &&
    one[same]?.offset === other[same]?.offset &&
    one[same]?.text === other[same]?.text &&
    one[same]?.count === other[same]?.count
  ) {
    same += 1;
  }
  return same;
}
