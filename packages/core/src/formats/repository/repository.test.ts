import { describe, expect, test } from 'vitest';
import { bytesOf, zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { collect, type Collected, type CollectOptions } from '../../collect.js';
import type { SourceNeighbours } from '../../model/neighbours.js';
import { requirementOf } from './dependencies.js';
import { mayMark, roleOf } from './names.js';
import { programOf } from './programs.js';

function read(path: string, text: string | Uint8Array, more: CollectOptions = {}): Promise<Collected> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return collect({ path, source: memorySource(bytes), size: bytes.length }, { repositories: true, ...more });
}

const reasons = ({ notices }: Collected): string => notices.map(({ reason }) => reason).join('\n');

/** A tree of which it is known whether something in it may mark a repository. */
const tree = (isMarked: boolean): SourceNeighbours => ({
  moduleOf: () => null,
  find: () => null,
  requirements: () => [],
  liesInRepository: () => isMarked,
});

const METADATA = { name: 'a-1.dist-info/METADATA', data: 'Name: a\n' };

describe('what one file says', () => {
  test('nothing where nobody asks', async () => {
    expect((await read('config.json', '{"model_type": "x"}', { repositories: false })).repository).toEqual([]);
  });

  test('goes through JSON without loss', async () => {
    const collected = await read('config.json', '{"model_type": "x", "auto_map": {"AutoModel": "m.M"}}');
    expect(collected.repository[0]).toMatchObject({
      marker: 'transformers',
      facts: [{ via: 'auto-map', file: 'm.py' }],
    });
    expect(JSON.parse(JSON.stringify(collected))).toEqual(collected);
  });

  test.each([
    ['config.json', '{"name": "app", // a comment\n}'],
    ['config.json', '{"port": 80}'],
    ['modules.json', '[1, 2]'],
    ['params.json', 'no JSON'],
  ])('a file of another program is none: %s', async (path, text) => {
    const collected = await read(path, text);
    expect([reasons(collected), collected.repository.map(({ marker }) => marker)]).toEqual(['', [null]]);
  });

  test.each([
    ['config.json', '{"model_type": "x", "auto_map": ', 'could not be read'],
    ['tokenizer_config.json', '{"a": ', 'could not be read'],
    ['tokenizer_config.json', Uint8Array.of(0x22, 0xff, 0xfe, 0x22), 'neither UTF-8'],
    ['model.safetensors.index.json', '{"weight_map": {', 'index of shards could not be read'],
    ['generation_config.json', `{"a": "${'x'.repeat(33 * 2 ** 20)}"}`, 'bytes of the configuration'],
    [
      'model.safetensors.index.json',
      JSON.stringify({
        weight_map: Object.fromEntries(Array.from({ length: 10_002 }, (_, i) => [`k${i}`, `../${i}`])),
      }),
      'more than 10000 shards',
    ],
    ['MLmodel', 'flavors: [', 'could not be read'],
    ['MAR-INF/MANIFEST.json', '{', 'could not be read'],
  ])('one that cannot be read is incomplete: %s', async (path, text, reason) => {
    expect(reasons(await read(path, text))).toContain(reason);
  });

  test('Python beside nothing that marks a repository is not read for this', async () => {
    const source = 'import os\nos.system("id")\n';
    expect((await read('a/b.py', source, { neighbours: tree(false) })).repository).toEqual([]);
    expect((await read('a/b.py', source, { neighbours: tree(true) })).repository).toMatchObject([
      { facts: [{ kind: 'repo.python', effects: [{ name: 'os.system', when: 'import' }] }] },
    ]);
  });

  test('archives that are no repository say nothing', async () => {
    const plain = zipOf([
      { name: 'a.py', data: 'import os\nos.system("id")\n' },
      { name: 'run.sh', data: '#!/bin/sh\n' },
    ]);
    expect((await read('a.zip', plain)).repository).toEqual([]);
    const model = zipOf([
      { name: 'm/config.json', data: '{"model_type": "x"}' },
      { name: 'm/run.sh', data: '#!/bin/sh\n' },
    ]);
    expect((await read('a.zip', model)).repository.map(({ path }) => path)).toEqual([
      'a.zip!m/config.json',
      'a.zip!m/run.sh',
    ]);
  });

  test.each([
    ['a form feed, which ends a line', 'x\x0cimport os; os.system("id")\n'],
    ['a byte order mark', '\ufeffimport os; os.system("id")\n'],
    ['bytes of another encoding behind it', Uint8Array.from([...bytesOf('import os; os.system("id")\n'), 0xff])],
    ['a NUL behind it', 'import os; os.system("id")\n\0\0'],
    ['a carriage return', 'x\rimport os; os.system("id")'],
  ])('a path configuration file with %s', async (_, data) => {
    const { repository } = await read('a-1-py3-none-any.whl', zipOf([{ name: 'a.pth', data }, METADATA]));
    const facts = repository.flatMap((file) => file.facts);
    expect(facts).toMatchObject([{ kind: 'repo.python', role: 'site', effects: [{ name: 'os.system' }] }]);
  });

  test('of a wheel only what Python runs by itself', async () => {
    const wheel = zipOf([
      { name: 'a.pth', data: 'import os; os.system("id")\n' },
      { name: 'a/__init__.py', data: '' },
      METADATA,
    ]);
    const { repository } = await read('a-1-py3-none-any.whl', wheel);
    expect(repository.map(({ path }) => path)).toEqual([
      'a-1-py3-none-any.whl!a.pth',
      'a-1-py3-none-any.whl!a-1.dist-info/METADATA',
    ]);
  });
});

describe('names', () => {
  test.each([
    ['x/config.json', 'config'],
    ['MODEL.SAFETENSORS.INDEX.JSON', 'index'],
    ['diffusion_pytorch_model.safetensors.index.fp16.json', 'index'],
    ['requirements-dev.txt', 'requirements'],
    ['notes.txt', null],
    ['conda.yaml', 'conda'],
    ['x.yaml', 'yaml'],
    ['chat_template.jinja', 'template'],
    ['MAR-INF/MANIFEST.json', 'manifest'],
    ['META-INF/MANIFEST.json', 'json'],
    ['lib.so.1.2', 'program'],
    ['README', null],
  ])('%s', (name, role) => {
    expect(roleOf(name)).toBe(role);
  });

  test('marks', () => {
    expect(['config.json', 'MLmodel', 'hubconf.py', 'model_config.yaml', 'a.whl'].map(mayMark)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('programs', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
  test.each([
    ['#!/usr/bin/env python3\n', 'a.py', null],
    ['#!/usr/bin/python\n', 'a', null],
    ['#!/bin/sh\n', 'a', 'script with an interpreter line'],
    ['whoami', 'a.ps1', 'PowerShell script'],
    ['PK\x03\x04', 'a.jar', 'Java program'],
    ['PK\x03\x04', 'a.zip', null],
    ['{"a": 1}', 'a.json', null],
  ])('%j %s', (head, name, program) => {
    expect(programOf(bytes(head), name)).toBe(program);
  });
});

describe('requirements', () => {
  test.each([
    ['numpy==2.3.1', null],
    ['# -e .', null],
    ['numpy # git+https://x', null],
    ['-r more.txt', null],
    ['--no-binary :all:', null],
    [
      'git+https://x.example/a.git@0123456789012345678901234567890123456789',
      { problem: 'version-control', pinned: true },
    ],
    ['git+https://x.example/a.git@main', { problem: 'version-control', pinned: false }],
    ['a @ https://x.example/a.whl#sha256=0123456789abcdef0123456789abcdef', { problem: 'address', pinned: true }],
    ['./wheels/a.whl', { problem: 'local-path' }],
  ])('%s', (line, expected) => {
    if (expected === null) expect(requirementOf(line)).toBeNull();
    else expect(requirementOf(line)).toMatchObject(expected);
  });
});
