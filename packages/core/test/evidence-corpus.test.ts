import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { opcode } from '../src/pickle/opcodes.js';
import { findingsOf, type ShownFinding } from './evidence-kit.js';
import { isForFullSize } from './slow-fixtures.js';

const ROOT = fileURLToPath(new URL('../../../fixtures/hostile', import.meta.url));
/** `hostile/scanner` holds files that are slow to read. */
const FILES = ['containers', 'framing', 'naming', 'nesting', 'reach', 'readers', 'state'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .map((name) => `${folder}/${name}`)
    .filter((path) => !isForFullSize(path)),
);
const STEP = /^([A-Z][A-Z0-9_]*) @(\d+) (.*)$/s;
const FURTHER = /^\d+ further (?:calls? (?:are|is)|steps? (?:are|is)) not listed$/;
const OUTER =
  /^this pickle lies in the bytes @(\d+) of (.*): (?:nothing there loads them|there ([A-Z_]+) @(\d+) gives them to .+)$/s;

interface Step {
  readonly name: string;
  readonly offset: number;
  readonly text: string;
}

function stepsOf(finding: ShownFinding): readonly Step[] {
  return finding.chain.flatMap((line) => {
    const [, name, offset, text] = STEP.exec(line) ?? [];
    if (name !== undefined) return [{ name, offset: Number(offset), text: text ?? '' }];
    expect(FURTHER.test(line) || OUTER.test(line), line).toBe(true);
    return [];
  });
}

/** The bytes that a finding's offsets count in, where they lie in the file unencoded; null inside of containers. */
function streamOf(bytes: Uint8Array, at: string): Uint8Array | null {
  const path = at.slice(0, at.lastIndexOf('@'));
  const parts = path.split('!').slice(1);
  let stream: Uint8Array = bytes;
  for (const part of parts) {
    const nested = /^<bytes @(\d+)>$/.exec(part);
    if (nested === null) return null;
    stream = stream.subarray(Number(nested[1]));
    // A pickle that is written as text stands in the file in UTF-8.
    if (stream[0] === 0xc2) return null;
  }
  return stream;
}

/** The memo slot that an opcode names, read by other means than the machine's; null for MEMOIZE, which names none. */
function slotAt(stream: Uint8Array, { name, offset }: Step): number | null {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.length);
  if (name === 'BINPUT' || name === 'BINGET') return view.getUint8(offset + 1);
  if (name === 'LONG_BINPUT' || name === 'LONG_BINGET') return view.getUint32(offset + 1, true);
  if (name !== 'PUT' && name !== 'GET') return null;
  const line = Buffer.from(stream.subarray(offset + 1, stream.indexOf(10, offset))).toString('latin1');
  return Number(line.replaceAll('_', '').split('\0', 1)[0]);
}

function checkMemo(stream: Uint8Array, steps: readonly Step[]): void {
  const stored = new Map<number, number>();
  for (const step of steps.toSorted((one, other) => one.offset - other.offset)) {
    const [, verb, slot] = /^(stores|takes) .* memo slot (\d+)/.exec(step.text) ?? [];
    if (slot === undefined) continue;
    const named = slotAt(stream, step);
    if (named !== null) expect(named).toBe(Number(slot));
    if (verb === 'stores') stored.set(Number(slot), step.offset);
    else expect(stored.get(Number(slot)) ?? Infinity, `slot ${slot} is stored before`).toBeLessThan(step.offset);
  }
}

function checkFinding(bytes: Uint8Array, finding: ShownFinding): void {
  const steps = stepsOf(finding);
  const [first] = steps;
  const [via, ...name] = finding.signal.split(' ');
  expect([first?.name, `@${first?.offset}`]).toEqual([via, finding.at.slice(finding.at.lastIndexOf('@'))]);
  expect(first?.text).toMatch(/^imports /);
  // Names beyond 200 characters are cut.
  if (!finding.signal.endsWith('<computed>') && finding.signal.length < 200)
    for (const part of name.join(' ').split(/[^\w]+/)) expect(first?.text).toContain(part);
  // The call is shown as a step of its own.
  const shown = finding.call?.replace(/ and \d+ more calls?$/, '') ?? null;
  if (shown !== null) expect(steps.map((step) => step.text)).toContain(`calls ${shown}`);
  const stream = streamOf(bytes, finding.at);
  if (stream === null) return;
  const named = steps.map((step) => opcode(stream[step.offset] ?? 0)?.name);
  expect(named).toEqual(steps.map((step) => step.name));
  checkMemo(stream, steps);
}

test.each(FILES)('%s', async (file) => {
  const bytes = new Uint8Array(readFileSync(join(ROOT, file)));
  for (const finding of await findingsOf(bytes, file)) checkFinding(bytes, finding);
});

test('most of the corpus is checked against its bytes', async () => {
  let checked = 0;
  for (const file of FILES) {
    if (!file.endsWith('.pkl')) continue;
    const bytes = new Uint8Array(readFileSync(join(ROOT, file)));
    checked += (await findingsOf(bytes, file)).filter((finding) => streamOf(bytes, finding.at) !== null).length;
  }
  expect(checked).toBeGreaterThan(400);
});
