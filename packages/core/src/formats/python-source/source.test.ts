import { describe, expect, test } from 'vitest';
import { collected } from '../../../test/collected-kit.js';
import { bytesOf, zipOf } from '../../../test/zip-builder.js';
import type { SourceNeighbours } from '../../model/neighbours.js';
import type { CollectOptions } from '../../collect.js';
import { STORAGE, ENTRY, GAP } from '../../model/origin.js';
import { memorySource } from '../../bytes/source.js';
import { MAX_SOURCE_BYTES } from './inspect-source.js';
import { isSource } from './source.js';

const LOAD = 'import torch\ntorch.load(b)\n';

/** Targets of calls, with their offsets; then notices. */
async function seen(name: string, text: string, options: CollectOptions = {}): Promise<string[]> {
  const { format, facts, notices } = await collected(name, bytesOf(text), { sources: ['source.call'], ...options });
  return [
    ...(format === null ? [] : [format]),
    ...facts.flatMap((fact) => (fact.kind === 'source.call' ? [`${fact.target} @${fact.at.offset}`] : [])),
    ...notices.map(({ cause, offset, reason }) => `${cause} @${offset}: ${reason}`),
  ];
}

const notebook = (...cells: string[]): string =>
  JSON.stringify({
    cells: cells.map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

describe('a source', () => {
  test('is known by its name, where a program goes by the name', () => {
    const member = { path: 'm', name: 'a.py', source: memorySource(bytesOf(LOAD)), depth: 1, origin: ENTRY };
    expect(isSource(member)).toBe(true);
    for (const name of ['a.PY', 'a.pyw', 'x/a.ipynb']) expect(isSource({ ...member, name })).toBe(true);
    for (const name of ['a.pyx', 'a.py.txt', 'py', 'a.pyc']) expect(isSource({ ...member, name })).toBe(false);
    expect(isSource({ ...member, role: 'torchscript' })).toBe(false);
    for (const origin of [GAP, STORAGE, { ...ENTRY, reader: 'torchscript' } as const])
      expect(isSource({ ...member, origin })).toBe(false);
  });

  test('is read where somebody asks, and it has a word that a call needs', async () => {
    expect(await seen('a.py', LOAD)).toEqual(['python', 'torch.load @13']);
    expect(await seen('a.txt', LOAD)).toEqual([]);
    expect(await seen('a.py', LOAD, { sources: [] })).toEqual([]);
    expect(await seen('a.py', 'print(1)\n')).toEqual([]);
    expect(await seen('a.py', 'def (')).toEqual([]);
  });

  test('of a hub is read whatever it says', async () => {
    expect(await seen('hubconf.py', 'print(1)\n')).toEqual(['python']);
    expect(await seen('HUBCONF.py', 'print(1)\n')).toEqual(['python']);
    expect(await seen('xhubconf.py', 'print(1)\n')).toEqual([]);
  });

  test('in an archive is one, as deep as it lies', async () => {
    const { facts, format } = await collected('a.zip', zipOf([{ name: 'x/a.py', data: LOAD }]), {
      sources: ['source.call'],
    });
    expect([
      format,
      ...facts.map((fact) => ('at' in fact ? `${fact.kind} ${fact.at.path} ${fact.at.line}` : '')),
    ]).toEqual(['zip', 'source.call a.zip!x/a.py 2']);
  });

  test('accounts for its bytes where all of it was read', async () => {
    const of = async (text: string): Promise<unknown[]> =>
      (await collected('a.py', bytesOf(text), { sources: ['source.call'] })).coverage.ranges.map(
        ({ end, kind, reason }) => [end, reason ?? kind],
      );
    expect(await of(LOAD)).toEqual([[LOAD.length, 'parsed']]);
    expect(await of('print(1)\n')).toEqual([[9, 'data']]);
  });

  test('that cannot be read as Python says so', async () => {
    const [format, notice] = await seen('hubconf.py', '(((');
    expect(format).toBe('python');
    expect(notice).toMatch(/^corrupt @\d+: nothing of it can be read as Python: .* in line 1$/);
    // What is an archive by its bytes need not be source as well.
    const zip = await collected('hubconf.py', zipOf([{ name: 'a', data: 'x' }]), { sources: ['source.call'] });
    expect([zip.format, zip.notices]).toEqual(['zip', []]);
    // A part that can be read is enough.
    expect(await seen('a.py', `${LOAD}(((`)).toEqual(['python', 'torch.load @13']);
  });
});

describe('a word', () => {
  const BLOCK = 2 ** 20;

  test('is found across the blocks in which a source is searched', async () => {
    for (const at of [BLOCK - 20, BLOCK - 5, BLOCK, 2 * BLOCK - 70]) {
      const filler = `#${'x'.repeat(at - 2)}\n`;
      expect(await seen('a.py', filler + LOAD), `at ${at}`).toEqual(['python', `torch.load @${at + 13}`]);
    }
  });

  test('may be written in letters that Python takes for others', async () => {
    expect(await seen('a.py', 'import torch\ntorch.\uff4coad(b)\n')).toEqual(['python', 'torch.load @13']);
    expect(await seen('a.py', 'import \uff54orch\n\uff54orch.load(b)\n')).toEqual(['python', 'torch.load @15']);
    expect(await seen('a.py', 'print("\u00e9")\n')).toEqual([]);
  });

  test('may be any in an encoding that is declared', async () => {
    expect(await seen('a.py', '# coding: utf-7\nprint(1)\n')).not.toEqual([]);
    expect(await seen('a.py', '#!/bin/python\n# -*- coding: rot13 -*-\nprint(1)\n')).not.toEqual([]);
    for (const name of ['utf-8', 'utf8', 'latin-1', 'ascii', 'iso-8859-1'])
      expect(await seen('a.py', `# coding: ${name}\nprint(1)\n`)).toEqual([]);
    expect(await seen('a.py', '\n\n# coding: utf-7\nprint(1)\n')).toEqual([]);
    // Not where a later block begins.
    expect(
      await seen('a.py', `\n\n#${'x'.repeat(BLOCK - 68)}\n# coding: utf-7\nprint("\u00e9")\n${'#x\n'.repeat(50)}`),
    ).toEqual([]);
    expect(
      await seen('a.py', `\n\n#${'x'.repeat(BLOCK - 68)}\n# coding: utf-7\nprint(1)\n${'#x\n'.repeat(50)}`),
    ).toEqual([]);
  });

  test('may be put together at run time', async () => {
    for (const text of ['importlib.import_module(x)', '__import__(x)', 'import builtins', 'import sys\nsys.modules[x]'])
      expect(await seen('a.py', `${text}\n`)).toEqual(['python']);
    expect(await seen('a.py', 'import sys\n')).toEqual([]);
    expect(await seen('a.py', `import sys\n#${'x'.repeat(BLOCK)}\nmodules\n`)).toEqual(['python']);
  });

  test('of a loader is looked for where flows are asked for', async () => {
    const flows = { sources: ['source.flow'] } as const;
    expect(await seen('a.py', 'import yaml\nyaml.load(x)\n', flows)).toEqual(['python']);
    expect(await seen('a.py', 'import yaml\n', flows)).toEqual([]);
    expect(await seen('a.py', `import yaml\n#${'x'.repeat(BLOCK)}\nyaml.load(x)\n`, flows)).toEqual(['python']);
  });
});

test('a source has so many bytes, and says so where it has more', async () => {
  const of = (size: number): Promise<string[]> => {
    const read = (at: number, length: number): Uint8Array =>
      new Uint8Array(Math.max(0, Math.min(length, size - at))).fill(0x0a);
    return collected('hubconf.py', { size, read }, { sources: ['source.call'] }).then(({ notices }) =>
      notices.map(({ cause }) => cause),
    );
  };
  expect(await of(MAX_SOURCE_BYTES + 1)).toEqual(['limit']);
});

describe('a notebook', () => {
  test('is read cell by cell', async () => {
    const { format, facts } = await collected('a.ipynb', bytesOf(notebook('x = 1\n', LOAD)), {
      sources: ['source.call'],
    });
    expect(format).toBe('notebook');
    expect(facts.map((fact) => (fact.kind === 'source.call' ? fact.at : null))).toMatchObject([
      { path: 'a.ipynb', offset: null, line: 2, column: 1, cell: 2, endLine: 2 },
    ]);
    expect(await seen('a.IPYNB', notebook(LOAD))).toHaveLength(2);
  });

  test('may write its letters as numbers', async () => {
    const escaped = notebook(LOAD)
      .replace('torch.load', '\\u0074orch.\\u006coad')
      .replace('import torch', 'import \\u0074orch');
    expect(await seen('a.ipynb', escaped)).toEqual(['notebook', 'torch.load @null']);
    expect(await seen('a.ipynb', notebook('print(1)'))).toEqual([]);
    // In a source they are letters of a text.
    expect(await seen('a.py', 'y = "\\u0074"\n')).toEqual([]);
  });
});

describe('files around a source', () => {
  const neighbours = (text: string): SourceNeighbours => ({
    moduleOf: () => null,
    find: (_from, module) =>
      module === 'helper' ? { path: 'helper.py', read: () => bytesOf(text), module: 'helper', isPackage: false } : null,
    requirements: () => [{ path: 'requirements.txt', text: 'torch==1.0\n' }],
  });
  const around = neighbours('from torch import load as get\n');

  test('say what names of theirs stand for', async () => {
    const text = 'from helper import get\nget(b)\n';
    expect(await seen('a.py', text)).toEqual([]);
    expect(await seen('a.py', text, { neighbours: around })).toEqual(['python', 'torch.load @23']);
    expect(await seen('a.py', text, { neighbours: neighbours('get = print\n') })).toEqual([]);
    expect(await seen('a.py', text, { neighbours: around, sources: ['source.flow'] })).toEqual([]);
  });

  describe('may hold the loader', () => {
    const loader = neighbours('import pickle\ndef use(b):\n  pickle.loads(b)\n');
    const none = neighbours('def use(b):\n  print(b)\n');
    const source = 'import flask\nfrom helper import use\nuse(flask.request.data)\n';
    const kinds = async (text: string, options: CollectOptions): Promise<string[]> => {
      const { facts } = await collected('a.py', bytesOf(text), options);
      return facts.map(({ kind }) => kind);
    };
    const flow = { sources: ['source.flow'] } as const;
    test.each<[string, string, CollectOptions, string[]]>([
      ['of what comes from outside', source, { ...flow, neighbours: loader }, ['source.flow']],
      ['which nobody asks for', source, { sources: ['source.call'], neighbours: loader }, []],
      ['of what nobody sends', source.replace('flask.request.data', 'b"x"'), { ...flow, neighbours: loader }, []],
      ['and hold none', source, { ...flow, neighbours: none }, []],
      ['and are not there', source, flow, []],
      [
        'beside one of the source itself',
        `${source}import marshal\nmarshal.loads(flask.request.data)\n`,
        { ...flow, neighbours: loader },
        ['source.flow', 'source.flow'],
      ],
      [
        'or none beside one of the source itself',
        `${source}import marshal\nmarshal.loads(flask.request.data)\n`,
        { ...flow, neighbours: none },
        ['source.flow'],
      ],
    ])('%s', async (_name, text, options, expected) => {
      expect(await kinds(text, options)).toEqual(expected);
    });
  });

  test('are not those of a notebook without words, nor of a member of an archive', async () => {
    const text = 'from helper import get\nget(b)\n';
    expect(await seen('a.ipynb', notebook(text), { neighbours: around })).toEqual([]);
    const inner = await collected('a.zip', zipOf([{ name: 'a.py', data: text }]), {
      sources: ['source.call'],
      neighbours: around,
    });
    expect(inner.facts).toEqual([]);
  });

  test('say which PyTorch is asked for', async () => {
    const requirement = async (options: CollectOptions): Promise<unknown> => {
      const { facts } = await collected('a.py', bytesOf(LOAD), { sources: ['source.call'], ...options });
      return facts.map((fact) => (fact.kind === 'source.call' ? (fact.requirement?.file ?? null) : null));
    };
    expect(await requirement({ neighbours: around })).toEqual(['requirements.txt']);
    expect(await requirement({})).toEqual([null]);
    expect(await requirement({ neighbours: { ...around, requirements: () => [] } })).toEqual([null]);
  });
});
