import { describe, expect, test } from 'vitest';
import { zipOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { collect, type Collected } from '../../collect.js';
import { codeIn, markerOf, reference, templatesIn } from './configs.js';
import { condaIn, mlmodelIn, requirementsIn } from './dependencies.js';
import { parseJson } from './parse-json.js';
import { parseYaml } from './parse-yaml.js';
import { programOf } from './programs.js';
import { shardsOf } from './shards.js';
import type { Tree } from './tree.js';

function tree(value: unknown): Tree {
  const parsed = parseJson(JSON.stringify(value));
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

function yaml(text: string): Tree {
  const parsed = parseYaml(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.value;
}

/** What a configuration names: how, where, and the file or repository. */
const code = (value: unknown, base = 'config.json'): string[] =>
  [...codeIn(base, tree(value))].map(({ via, key, names, repository, revision, file, target }) =>
    [via, key, names, repository, revision, file, target === null ? null : `${target.module}:${target.name}`]
      .map((part) => part ?? '-')
      .join(' '),
  );

describe('what Sentence Transformers imports by a configuration of a part', () => {
  const via = 'sentence-transformers-module';
  const parts = { types: { q: 'm.C' }, structure: { query: ['q'] } };

  test.each<readonly [unknown, readonly string[]]>([
    [{ activation_function: 'm.f' }, [`${via} activation_function m.f - - m.py m:f`]],
    [
      { activation_function: 'torch.hub.load' },
      [`${via} activation_function torch.hub.load - - torch.hub.py torch.hub:load`],
    ],
    [{ activation_function: 'torch.nn.modules.activation.Tanh' }, []],
    [{ activation_function: 'gelu_new' }, []],
    [{ activation_function: 1 }, []],
    [{ sbert_ce_default_activation_function: 'm.f' }, [`${via} sbert_ce_default_activation_function m.f - - m.py m:f`]],
    [{ sbert_ce_default_activation_function: 'torch.nn.modules.linear.Identity' }, []],
    [
      { sentence_transformers: { activation_fn: 'm.f', version: '4.1.0' } },
      [`${via} sentence_transformers.activation_fn m.f - - m.py m:f`],
    ],
    [parts, [`${via} types.q m.C - - m.py m:C`]],
    [{ ...parts, types: { q: 'sentence_transformers.models.Dense' } }, []],
    [{ types: { q: 'm.C' } }, []],
    [[parts], []],
  ])('%j', (value, expected) => {
    expect(code(value)).toEqual(expected);
    expect(code(value, 'router_config.json')).toEqual(expected);
    expect(code(value, 'tokenizer_config.json')).toEqual([]);
  });

  test('in a folder of its own, which nothing marks as a model', async () => {
    const bytes = new TextEncoder().encode('{"in_features": 1, "activation_function": "os.abort"}');
    const input = { path: '2_Dense/config.json', source: memorySource(bytes), size: bytes.length };
    const { repository } = await collect(input, { repositories: true });
    expect(repository).toMatchObject([{ marker: null, facts: [{ kind: 'repo.code', names: 'os.abort' }] }]);
  });
});

describe('code that a configuration names', () => {
  test.each<readonly [unknown, readonly string[]]>([
    [{ auto_map: { A: 'm.C' } }, ['auto-map auto_map.A m.C - - m.py m:C']],
    [{ auto_map: 'm.C' }, ['auto-map auto_map m.C - - m.py m:C']],
    [{ auto_map: { A: ['m.C', null, ''] } }, ['auto-map auto_map.A m.C - - m.py m:C']],
    [{ a: { auto_map: { A: 'm.C' } } }, ['auto-map a.auto_map.A m.C - - m.py m:C']],
    [{ custom_pipelines: { t: { impl: 'm.C', pt: ['x'] } } }, ['custom-pipeline custom_pipelines.t m.C - - m.py m:C']],
    [{ custom_pipelines: { t: 'm.C' } }, ['custom-pipeline custom_pipelines.t m.C - - m.py m:C']],
    [{ trust_remote_code: true }, ['trust-remote-code trust_remote_code true - - - -']],
    [{ trust_remote_code: false }, []],
    [{ trust_remote_code: 'true' }, []],
    [{ other: true }, []],
    [{ model_file: 'm.py' }, ['model-file model_file m.py - - m.py -']],
    [{ model_file: 5 }, []],
    [{ a: { model_file: 'm.py' } }, []],
    [{ _attn_implementation_internal: 'org/k' }, ['attention-kernel _attn_implementation_internal org/k org/k - - -']],
    [
      { attn_implementation: 'flash|org/k@v1:f' },
      ['attention-kernel attn_implementation flash|org/k@v1:f org/k v1 - -'],
    ],
    [{ attn_implementation: 'sdpa' }, []],
    [{ _class_name: ['m', 'C'] }, ['diffusers-component _class_name m.C - - m.py m:C']],
    [{ a: { _class_name: ['m', 5] } }, ['diffusers-component a._class_name m.? - - m.py -']],
    [{ _class_name: 'C' }, []],
    [{ _class_name: [5, 'C'] }, []],
    [{ class_name: ['m', 'C'] }, []],
  ])('%j', (config, expected) => expect(code(config)).toEqual(expected));

  test.each(['model_index.json', 'modular_model_index.json'])('a pipeline of diffusers in %s', (base) => {
    const of = (value: unknown): string[] => code(value, base);
    expect(of({ _class_name: ['m', 'C'] })).toEqual(['diffusers-pipeline _class_name m.C - - m.py m:C']);
    expect(of({ _class_name: ['m'] })).toEqual(['diffusers-pipeline _class_name m.? - - m.py -']);
    expect(of({ _class_name: [5] })).toEqual([]);
    expect(of({ _class_name: 'StableDiffusionPipeline' })).toEqual([]);
    expect(of({ unet: ['m', 'C'] })).toEqual(['diffusers-component unet m.C - - unet/m.py m:C']);
    expect(of({ unet: ['diffusers', 'C'], a: ['transformers', 'D'], b: [null, null], _c: ['m', 'C'], d: 'm' })).toEqual(
      [],
    );
    expect(of({ unet: ['stable_diffusion', 'C'] })).toEqual([]);
  });

  test('a module of sentence-transformers', () => {
    const of = (value: unknown): string[] => code(value, 'modules.json');
    expect(of([{ type: 'own.M', path: 'a' }])).toEqual([
      'sentence-transformers-module [0].type own.M - - own.py own:M',
    ]);
    expect(of([5, { type: 'sentence_transformers.models.Pooling' }, { type: 5 }, { type: 'M' }])).toEqual([
      'sentence-transformers-module [3].type M - - M.py -',
    ]);
    expect(of({ type: 'own.M' })).toEqual([]);
  });

  test.each([
    ['m.C', null, null, 'm.py', 'm:C'],
    ['a.b.C', null, null, 'a.b.py', 'a.b:C'],
    ['C', null, null, 'C.py', null],
    ['.C', null, null, null, ':C'],
    ['o/r--m.C', 'o/r', null, null, 'm:C'],
    ['o/r@v--m.C', 'o/r', 'v', null, 'm:C'],
    ['o/r--', 'o/r', null, null, null],
    ['--m.C', '', null, null, 'm:C'],
  ])('%s refers to', (text, repository, revision, file, target) => {
    const found = reference(text);
    const shown = found.target === null ? null : `${found.target.module}:${found.target.name}`;
    expect([found.repository, found.revision, found.file, shown]).toEqual([repository, revision, file, target]);
  });
});

test.each([
  ['modules.json', [{ type: 'a', path: 'b' }], 'sentence-transformers'],
  ['modules.json', [5, { type: 'a', path: 'b' }], 'sentence-transformers'],
  ['modules.json', [{ type: 'a' }], null],
  ['modules.json', [{ path: 'a' }], null],
  ['modules.json', { type: 'a', path: 'b' }, null],
  ['config.json', [], null],
  ['config.json', {}, null],
  ['config.json', { model_type: 'a' }, 'transformers'],
  ['config.json', { _diffusers_version: 'a', model_type: 'a' }, 'diffusers'],
  ['config.json', { attn_implementation: 'a' }, 'transformers'],
  ['params.json', { architecture: 'a' }, 'transformers'],
  ['params.json', { a: { model_type: 'a' } }, null],
  ['model_index.json', { _class_name: 'a' }, 'diffusers'],
  ['modular_model_index.json', { _class_name: 'a' }, 'diffusers'],
  ['model_index.json', { model_type: 'a' }, null],
  ['adapter_config.json', { peft_type: 'a' }, 'peft'],
  ['adapter_config.json', { model_type: 'a' }, null],
  ['config_sentence_transformers.json', {}, 'sentence-transformers'],
  ['tokenizer_config.json', {}, 'transformers'],
] as const)('%s with %j belongs to %s', (base, value, marker) => {
  expect(markerOf(base, tree(value))).toBe(marker);
});

test.each<readonly [unknown, readonly string[]]>([
  [{ chat_template: 'a' }, ['chat_template=a']],
  [{ custom_chat_template: 'a', default_chat_template: 'b' }, ['custom_chat_template=a', 'default_chat_template=b']],
  [{ chat_templates: 'a' }, []],
  [{ a: { chat_template: 'b' } }, ['a.chat_template=b']],
  [{ chat_template: { x: 'a', y: 5 } }, ['chat_template.x=a']],
  [
    { chat_template: ['a', { name: 'n', template: 'b' }, { template: 5 }, 5, [{ template: 'c' }]] },
    ['chat_template[0]=a', 'chat_template[1].template=b'],
  ],
  [{ chat_template: 5 }, []],
  [{ chat_template: null }, []],
])('templates in %j', (value, expected) => {
  expect([...templatesIn(tree(value))].map(({ key, text }) => `${key}=${text}`)).toEqual(expected);
});

describe('shards', () => {
  const of = (map: Readonly<Record<string, unknown>>, isSafetensors = true) => {
    const { names, problems, isIndex } = shardsOf(tree({ weight_map: map }), isSafetensors);
    expect(isIndex).toBe(true);
    return { names, problems: problems.map(({ problem, shard, count }) => `${problem} ${shard} ${count}`) };
  };

  test.each([
    ['a.safetensors', null],
    ['sub/a.safetensors', null],
    ['A.SAFETENSORS', null],
    ['', 'control-character'],
    ['a\n.safetensors', 'control-character'],
    ['a\x7f.safetensors', 'control-character'],
    ['https://x/a.safetensors', 'address'],
    ['file://x.safetensors', 'address'],
    ['/a.safetensors', 'absolute'],
    ['\\\\host\\a.safetensors', 'absolute'],
    ['~/a.safetensors', 'absolute'],
    ['C:a.safetensors', 'drive-letter'],
    ['../a.safetensors', 'parent-directory'],
    ['a/../b.safetensors', 'parent-directory'],
    ['..a.safetensors', null],
    ['\\a.safetensors', 'backslash'],
    ['a\\..\\b.safetensors', 'backslash'],
    ['a\\b.safetensors', null],
    ['a.bin', 'pickle-shard'],
  ])('%j', (shard, problem) => {
    const { names, problems } = of({ k: shard });
    expect(problems).toEqual(problem === null ? [] : [`${problem} ${shard} 1`]);
    // Another format is a file all the same, and may be missing.
    expect(names).toEqual(problem === null || problem === 'pickle-shard' ? [shard] : []);
  });

  test('each name once, each problem with its number', () => {
    expect(of({ a: 'x.bin', b: 'x.bin', c: 'y.bin' }, false)).toEqual({ names: ['x.bin', 'y.bin'], problems: [] });
    expect(of({ a: '/x', b: '/x', c: '/y', d: 5, e: 5, f: [], g: {}, h: null })).toEqual({
      names: [],
      problems: [
        'absolute /x 2',
        'absolute /y 1',
        'not-text 5 2',
        'not-text a list 1',
        'not-text a map 1',
        'not-text null 1',
      ],
    });
  });

  test('an index has a map', () => {
    expect(shardsOf(tree({ weight_map: 5 }), true)).toMatchObject({ isIndex: true, names: [] });
    for (const none of [{}, [], 5]) expect(shardsOf(tree(none), true).isIndex).toBe(false);
  });
});

describe('what is installed or imported', () => {
  const shown = (found: Iterable<{ problem: string; text: string; line: number | null }>): string[] =>
    [...found].map(({ problem, text, line }) => `${line ?? '-'} ${problem} ${text}`);

  test('by MLflow', () => {
    const of = (value: unknown): string[] => shown(mlmodelIn(tree(value)));
    expect(
      of({ flavors: { python_function: { loader_module: 'a.b', code: 'c', data: 'd' }, x: 5, y: ['z'] } }),
    ).toEqual(['- loader-module a.b', '- code c']);
    expect(of({ flavors: { langchain: { model_code_path: 'a.py', code: ['x'] } } })).toEqual(['- code a.py']);
    // What an alias stands for is written elsewhere.
    const elsewhere = ['a: &f {x: {loader_module: m}}\nflavors: *f', 'a: &f {loader_module: m}\nflavors: {x: *f}'];
    for (const text of [...elsewhere, 'a: &f {loader_module: m}\nflavors: {x: {<<: *f}}'])
      expect(shown(mlmodelIn(yaml(text)))).toEqual(['- loader-module m']);
    for (const none of [[], 5, { flavors: 5 }, { flavors: ['a'] }, { other: { x: { code: 'c' } } }])
      expect(of(none)).toEqual([]);
  });

  test('by conda', () => {
    const of = (text: string): string[] => shown(condaIn(yaml(text)));
    expect(of('channels: [defaults, conda-forge/label/x, "https://conda.anaconda.org/a"]')).toEqual([]);
    expect(of('channels: ["https://x.example/a"]\ndependencies:\n- a\n- pip:\n  - ./b\n')).toEqual([
      '- index https://x.example/a',
      '- local-path ./b',
    ]);
    expect(of('dependencies: ["https://x.example/c::d"]')[0]).toMatch(/https:\/\/x\.example\/c::d/);
    expect(of('build_dependencies: ["git+https://x"]\ndependencies: "./a"')).toEqual([
      '- version-control git+https://x',
    ]);
    expect(of('- a')).toEqual([]);
  });

  test('by pip, with lines that go on', () => {
    expect(shown(requirementsIn('a\n-e \\\n  .\nb\r\n./c\rhttps://x/y\\'))).toEqual([
      '2 editable -e    .',
      '5 local-path ./c',
      '6 address https://x/y',
    ]);
    const form = (text: string): string[] => shown(requirementsIn(text)).map((line) => line.split(' ', 2).join(' '));
    for (const text of [
      '--index x',
      '--extra x',
      '-egit+https://x',
      '-fx',
      "-'i' x",
      '--extra-index-""url x',
      '--pre -i x',
    ])
      expect(form(text)).toEqual([expect.stringMatching(/^1 (?:index|editable|find-links)$/)]);
    for (const end of ['\v', '\f', '\x1c', '\x85', '\u2028']) expect(form(`a${end}-i x`)).toEqual(['2 index']);
    // A comment goes to the end of its line.
    expect(form('# a \\\n-i x')).toEqual(['2 index']);
    expect(form('-r a.txt\n-c a.txt\n--pre\n--no-index\n--require-hashes\n-\n--only-binary :all:')).toEqual([]);
    expect(form('--req=https://x\n-chttps://x')).toEqual(['1 included-address', '2 included-address']);
    expect(shown(requirementsIn('a --index-url https://x\n-ihttp://y\n--trusted-host z\n-f w\n-r http://v'))).toEqual([
      '1 index --index-url https://x',
      '2 index -ihttp://y',
      '3 trusted-host --trusted-host z',
      '4 find-links -f w',
      '5 included-address -r http://v',
    ]);
  });
});

describe('programs', () => {
  const of = (head: readonly number[] | string, name = 'x'): string | null =>
    programOf(typeof head === 'string' ? Buffer.from(head, 'latin1') : Uint8Array.from(head), name);

  test.each<readonly [readonly number[] | string, string, string | null]>([
    ['\x7fELF', 'x', 'ELF program or library'],
    ['\x7fELG', 'x', null],
    ['MZ\x90', 'x', 'Windows program or library'],
    ['MZqFpD', 'x', 'portable executable for several systems (llamafile)'],
    ['jartsr', 'x', 'portable executable for several systems (llamafile)'],
    ['M', 'x', null],
    [[0xfe, 0xed, 0xfa, 0xce], 'x', 'Mach-O program or library'],
    [[0xfe, 0xed, 0xfa, 0xcf], 'x', 'Mach-O program or library'],
    [[0xce, 0xfa, 0xed, 0xfe], 'x', 'Mach-O program or library'],
    [[0xcf, 0xfa, 0xed, 0xfe], 'x', 'Mach-O program or library'],
    [[0xca, 0xfe, 0xba, 0xbe], 'x', 'Mach-O program or library'],
    [[0x4c, 0, 0, 0, 1, 0x14, 2, 0, 9], 'x', 'Windows shortcut'],
    [[0x4c, 0, 0, 0, 1, 0x14, 2, 1], 'x', null],
    ['#!/bin/sh', 'x', 'script with an interpreter line'],
    ['#!/usr/bin/env python3.12 -u', 'x', null],
    ['#!/bin/pythonic', 'x', 'script with an interpreter line'],
    ['PK', 'x.jar', 'Java program'],
    ['P', 'x.jar', null],
    [[0xd0, 0xcf, 0x11, 0xe0], 'x.msi', 'Windows installer'],
    [[0xd0, 0xcf, 0x11, 0xe0], 'x.doc', null],
    ['x', 'x.msi', null],
    ['echo', 'x.SH', 'shell script'],
    ['echo', 'x.sh.txt', null],
    ['', 'x.sh', null],
    ['e', 'x.bat', 'batch script of Windows'],
    ['a\0', 'x.sh', null],
    [`${'a'.repeat(63)}\0`, 'x.sh', null],
    [`${'a'.repeat(64)}\0`, 'x.sh', 'shell script'],
  ])('%j as %s', (head, name, program) => expect(of(head, name)).toBe(program));
});

describe('files that are read', () => {
  const read = (path: string, data: string | Uint8Array): Promise<Collected> => {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    return collect({ path, source: memorySource(bytes), size: bytes.length }, { repositories: true });
  };
  const MARK = { name: 'config.json', data: '{"model_type": "x"}' };
  const reasons = ({ notices }: Collected): readonly string[] => notices.map(({ reason }) => reason);

  test.each([
    ['x.yaml', '_target_: [', 1],
    ['x.yaml', 'class_path: [', 0],
    ['x.yaml', 'a: [', 0],
    ['model_config.yaml', 'a: [', 1],
    ['x.json', '{"_target_": ', 1],
    ['x.json', '{"class_path": ', 0],
    ['x.json', '{"a": ', 0],
  ])('%s that breaks off, %j, is incomplete where it names classes: %i', async (name, text, count) => {
    const collected = await read('m.zip', zipOf([MARK, { name, data: text }]));
    expect(reasons(collected).filter((reason) => reason.includes('names classes'))).toHaveLength(count);
  });

  test.each([
    ['from .a import b\nfrom ..c.d import e\nfrom . import f, g as h\n', ['a.py', 'c/d.py', 'f.py', 'g.py']],
    ['  from .a import b\nfrom a import b\nimport c\n', ['a.py']],
    ['x = 1\n', []],
  ])('a source brings along %j', async (text, names) => {
    const { repository } = await read('m.zip', zipOf([MARK, { name: 'm.py', data: text }]));
    expect(repository.find(({ path }) => path.endsWith('m.py'))?.names).toEqual(names);
  });

  test('as many files as are counted', async () => {
    const lines = Array.from({ length: 150 }, (_, i) => `from .a${i} import b\n`).join('');
    const { repository } = await read('m.zip', zipOf([MARK, { name: 'm.py', data: lines }]));
    expect(repository.find(({ path }) => path.endsWith('m.py'))?.names).toHaveLength(100);
  });

  test('effects beyond those that are listed are counted, and the first says where', async () => {
    const text = `x = 1\n${'exec("a")\n'.repeat(103)}`;
    const { repository } = await read('m.zip', zipOf([MARK, { name: 'm.py', data: text }]));
    const [fact] = repository.flatMap(({ facts }) => facts);
    expect(fact).toMatchObject({ kind: 'repo.python', role: 'module', moreEffects: 3, gap: null, at: { line: 2 } });
    expect(fact?.kind === 'repo.python' ? fact.effects.length : 0).toBe(100);
  });

  test.each([
    ['hubconf.py', 'hubconf'],
    ['__init__.py', 'package'],
    ['setup.py', 'setup'],
    ['sitecustomize.py', 'site'],
    ['usercustomize.py', 'site'],
    ['SETUP.PY', 'setup'],
    ['a.py', 'module'],
  ])('%s is run as %s', async (name, role) => {
    const { repository } = await read('m.zip', zipOf([MARK, { name, data: '' }]));
    expect(repository.flatMap(({ facts }) => facts)).toMatchObject([{ kind: 'repo.python', role }]);
  });
});

test('values of YAML', () => {
  expect(yaml('a: 1\nb: x\nc: true\nd: ~\ne:\nf: !!str 5\ng: 12345678901234567890')).toMatchObject({
    entries: [
      { key: 'a', value: 1 },
      { key: 'b', value: 'x' },
      { key: 'c', value: true },
      { key: 'd', value: null },
      { key: 'e', value: null },
      { key: 'f', value: '5' },
      { key: 'g' },
    ],
  });
});
