import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSource, scan, scanFiles, trace, walk, type ScanFilesOptions } from '@artifact-sentinel/core/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
const HOSTILE = Buffer.from("cos\nsystem\n(S'true'\ntR.");

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sentinel-scan-files-'));
  mkdirSync(join(root, 'models'));
  writeFileSync(join(root, 'models/a.pkl'), HOSTILE);
  writeFileSync(join(root, 'models/b.pkl'), CLEAN);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a path is a path, alone or in a list', () => {
  test('of scanFiles', async () => {
    const folder = `${root}/models/`;
    const alone = await scanFiles(folder);
    expect(alone.artifacts.map(({ path }) => path)).toEqual([join(root, 'models/a.pkl'), join(root, 'models/b.pkl')]);
    expect(alone.verdict).toBe('fail');
    expect((await scanFiles([folder])).artifacts).toEqual(alone.artifacts);
  });

  test('of walk', async () => {
    const found: string[] = [];
    for await (const input of walk(join(root, 'models'))) {
      found.push(input.path);
      input.close?.();
    }
    expect(found).toHaveLength(2);
  });

  test.each([[''], [[]], [['a', '']], [['a', 5]], [undefined], [null], [{}], [new URL('file:///')], [new Set(['a'])]])(
    'and %j is a TypeError',
    async (paths) => {
      expect(() => walk(paths as string)).toThrow(
        new TypeError('walk: paths have to be a path or a list of at least one, each of them a text that is not empty'),
      );
      await expect(scanFiles(paths as string)).rejects.toThrow(TypeError);
    },
  );
});

test('results come one by one, and a file is open only while it is scanned', async () => {
  const results: string[] = [];
  for await (const { artifact, findings } of scanFiles(root)) {
    results.push(`${artifact.path.slice(root.length)} ${findings.length}`);
    // What was not reached yet may still change.
    writeFileSync(join(root, 'models/b.pkl'), HOSTILE);
  }
  expect(results).toEqual(['/models/a.pkl 1', '/models/b.pkl 1']);
});

test('what is not there is in the report', async () => {
  const report = await scanFiles(join(root, 'absent'));
  expect(report.verdict).toBe('incomplete');
  expect(report.incomplete).toMatchObject([{ path: join(root, 'absent') }]);
});

test('sources know the files around them, as on the command line', async () => {
  writeFileSync(join(root, 'names.py'), 'from torch import load as read\n');
  writeFileSync(join(root, 'main.py'), 'from names import read\nread(p, weights_only=False)\n');
  const path = join(root, 'main.py');
  const report = await scanFiles(path);
  expect(report.findings.map(({ ruleId }) => ruleId)).toContain('TORCH-LOAD-UNTRUSTED');
  expect((await scan([{ path, source: fileSource(path) }])).findings).toEqual([]);
});

test('unknown options are TypeErrors, and so are wrong ones of the walk', async () => {
  const options = { followLink: true } as ScanFilesOptions;
  await expect(scanFiles(root, options)).rejects.toThrow(
    new TypeError('scanFiles: unknown option "followLink"; did you mean "followLinks"?'),
  );
  expect(() => walk(root, options)).toThrow(
    new TypeError('walk: unknown option "followLink"; did you mean "followLinks"?'),
  );
  await expect(scanFiles(root, { followLinks: 'yes' } as unknown as ScanFilesOptions)).rejects.toThrow(
    new TypeError('scanFiles: option "followLinks" has to be true or false, not the text "yes"'),
  );
  await expect(scanFiles(root, null as unknown as ScanFilesOptions)).rejects.toThrow(TypeError);
});

test('an aborted scan rejects with the reason', async () => {
  const reason = new Error('enough');
  await expect(scanFiles(root, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

describe('a file as a source', () => {
  test('is traced', async () => {
    const path = join(root, 'models/a.pkl');
    const source = fileSource(path);
    const lines: string[] = [];
    for await (const line of trace(path, source)) lines.push(line);
    expect(source.close()).toBeNull();
    expect(lines.join('\n')).toContain('from os import system');
  });

  test('is a regular file', () => {
    expect(() => fileSource(root)).toThrow(new TypeError(`fileSource: ${root} is no regular file`));
    expect(() => fileSource(join(root, 'absent'))).toThrow('ENOENT');
    expect(() => fileSource('')).toThrow(TypeError);
    expect(() => fileSource(5 as unknown as string)).toThrow(TypeError);
  });
});

test('a trace of a source that fails says what is missing', async () => {
  const read = (): never => {
    throw new Error('503');
  };
  const program = trace('a.pkl', { size: 1000, read });
  const lines: string[] = [];
  let step = await program.next();
  for (; step.done !== true; step = await program.next()) lines.push(step.value);
  expect(step.value.complete).toBe(false);
  expect(lines.join('\n')).toContain('cannot be read: 503');
});
