import { ARTIFACT } from '../model/origin.js';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { sized } from '../../../../oracles/full-size.js';
import { isForFullSize } from '../../test/slow-fixtures.js';
import { bytesOf, fixture, int, text, traced, type Traced } from '../../test/trace-kit.js';
import { Budget, DEFAULT_LIMITS } from '../bytes/budget.js';
import { memorySource } from '../bytes/source.js';
import { inspect } from '../formats/inspect.js';
import type { Found } from '../formats/members/look.js';
import { escapeText } from '../model/escape.js';
import { STILL } from '../../test/still-platform.js';

/** Offset, statement, reason and comment have limits of their own; together they stay below this. */
const LONGEST = 1200;

const ROOT = fileURLToPath(new URL('../../../../fixtures', import.meta.url));
// hostile/scanner holds bombs, which are slow in any case.
const FILES = [
  'honest',
  'broken',
  'hostile/containers',
  'hostile/framing',
  'hostile/naming',
  'hostile/nesting',
  'hostile/readers',
  'hostile/state',
].flatMap((folder) =>
  readdirSync(`${ROOT}/${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(ROOT.length + 1))
    .filter((path) => !isForFullSize(path)),
);
/** Each is analysed three times: at full size all of them, else every third. */
const SAMPLE = FILES.filter((_path, at) => at % sized(1, 3) === 0);

function unsafe(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line !== escapeText(line) || line.length > LONGEST);
}

function isMade(value: unknown): value is { readonly kind: 'call' } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'call';
}

async function findings(path: string, watched: boolean): Promise<readonly Found[]> {
  const found: Found[] = [];
  const budget = new Budget(DEFAULT_LIMITS, STILL);
  const options = watched ? { observe: () => ({ event: () => undefined }) } : {};
  for await (const item of inspect(
    { path, name: path, source: memorySource(fixture(path)), depth: 0, origin: ARTIFACT },
    budget,
    options,
  )) {
    found.push(item.kind === 'stream' ? { ...item, observers: [] } : item);
  }
  return found;
}

/** What a trace says of a file, and what is found in it with and without an observer. */
interface Seen {
  readonly path: string;
  readonly traced: Traced;
  readonly plain: readonly Found[];
  readonly watched: readonly Found[];
}

describe('every stored artifact', () => {
  const seen: Seen[] = [];
  beforeAll(async () => {
    for (const path of SAMPLE) {
      const [plain, watched] = [await findings(path, false), await findings(path, true)];
      seen.push({ path, traced: await traced(fixture(path), path), plain, watched });
    }
  }, 120_000);

  test('no line moves a cursor or hides something, and none is endless', () => {
    expect(seen.length).toBeGreaterThan(sized(300, 100));
    for (const { path, traced: of } of seen) expect([path, ...unsafe(of.lines)]).toEqual([path]);
  });

  test('being watched changes nothing of what is found', () => {
    // An object is distinguished from others of its class by the offset that made it; no judgement uses that.
    const json = (found: readonly Found[]): string =>
      JSON.stringify(found, (_key, value: unknown) => (isMade(value) ? { ...value, offset: 0 } : value));
    for (const { path, plain, watched } of seen) expect([path, json(watched)]).toEqual([path, json(plain)]);
  });

  test('everything that is incomplete is reported', () => {
    for (const { path, plain, traced: of } of seen) {
      const notices = plain.filter((item) => item.kind === 'notice');
      const { result, lines } = of;
      expect([path, result.complete]).toEqual([path, notices.length === 0]);
      if (notices.length > 0)
        expect([path, lines.some((line) => /stops here: |incomplete: /.test(line))]).toEqual([path, true]);
    }
  });
});

describe('hostile text', () => {
  // ESC, CR, NEL, line and paragraph separator, bidi override and isolate, zero width space, tag, lone surrogate, BOM
  const NASTY = [
    '\u001b[2J',
    '\r',
    '\u0085',
    '\u2028',
    '\u2029',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u{e0041}',
    '\ufeff',
    '\u0000',
    '\u009b',
  ];

  test.each(NASTY.map((nasty) => [escapeText(nasty), nasty]))(
    '%s in names, texts, keys, IDs and paths',
    async (_, nasty) => {
      const bytes = bytesOf(
        '\x80\x04',
        text(`m${nasty}`),
        text(`f${nasty}`),
        '\x93(',
        text(nasty),
        '}',
        text(nasty),
        'Nst',
        'R',
        text(nasty),
        'Q0',
        text(nasty),
        '\x85b.',
      );
      const { lines, result } = await traced(bytes, `a${nasty}b.pkl`);
      expect(unsafe(lines)).toEqual([]);
      expect(result.complete).toBe(true);
      expect(lines[1]).toContain(`import_global('m${escapeText(nasty)}`.slice(0, 17));
    },
  );

  test('latin-1 bytes, lone surrogates and quotes', async () => {
    const bytes = bytesOf("cm'\\\nf\n(C\x03\x1b\x9b'S'\\x1b\\x9b'\n", int(1), 'X\x03\0\0\0\xed\xa0\x80', 'tR.');
    const { lines } = await traced(bytes);
    expect(unsafe(lines)).toEqual([]);
    expect(lines[1]).toContain(String.raw`import_global('m\'\\', 'f')`);
    expect(lines.join('\n')).toContain(String.raw`(b'\x1b\x9b\'', '\x1b\x9b', 1, '\ud800')`);
  });

  test('letters that look like others are written as escapes in names', async () => {
    const { lines } = await traced(bytesOf('\x80\x04', text('\u043es'), text('system'), '\x93.'));
    expect(lines[1]).toContain(String.raw`import_global('\u043es', 'system')`);
  });

  test('colours are the only control characters, where they are asked for', async () => {
    const { lines } = await traced(
      bytesOf('\x80\x04', text('os\u001b[31m'), text('system'), '\x93)R.'),
      'x\u001b.pkl',
      { color: true },
    );
    expect(lines.join('')).toContain('\u001b[');
    // oxlint-disable-next-line no-control-regex -- colours are what is taken out
    expect(unsafe(lines.map((line) => line.replace(/\u001b\[(?:1|2|22|31|33|39)m/g, '')))).toEqual([]);
  });
});
