import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { Cli } from './kit.js';

const cli = new Cli();

function folderOf(files: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(files).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return cli.folder(Object.fromEntries(texts) as Record<string, string>);
}

const HOSTILE = {
  'models/m/config.json': { model_type: 'x', auto_map: { AutoModel: 'modeling_x.X' } },
  'models/m/modeling_x.py': 'class X:\n    pass\n',
  'models/m/tokenizer_config.json': { chat_template: '{{ messages.__class__ }}' },
  'models/m/model.safetensors.index.json': { weight_map: { a: '../../../etc/passwd' } },
  'models/m/loader.py': 'import os\nos.system("id")\n',
};

describe('a folder with a model repository', () => {
  test('is judged by all of its files', () => {
    const folder = folderOf(HOSTILE);
    const run = cli.run(folder, ['artifact', 'models']);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('models/m (transformers): loading it with default settings runs:');
    const json = cli.run(folder, ['artifact', 'models', '-f', 'json']);
    const report = JSON.parse(json.stdout) as Report;
    expect([...new Set(report.findings.map(({ ruleId }) => ruleId))].sort()).toEqual([
      'REPO-CHAT-TEMPLATE',
      'REPO-REMOTE-CODE',
      'REPO-RUNS-ON-LOAD',
      'REPO-SHARD-INDEX',
    ]);
    expect(report.repositories).toMatchObject([{ path: 'models/m/', kinds: ['transformers'] }]);
    expect(report.findings.map(({ retest }) => retest)).toContain('sentinel artifact models/m --rule REPO-REMOTE-CODE');
  });

  test('is retested as a whole', () => {
    const folder = folderOf(HOSTILE);
    cli.run(folder, ['artifact', 'models', '-f', 'json=report.json']);
    expect(cli.run(folder, ['retest', 'report.json']).code).toBe(1);
    writeFileSync(join(folder, 'models/m/config.json'), '{"model_type": "x"}');
    writeFileSync(join(folder, 'models/m/tokenizer_config.json'), '{"chat_template": "{{ messages }}"}');
    writeFileSync(join(folder, 'models/m/loader.py'), '');
    rmSync(join(folder, 'models/m/model.safetensors.index.json'));
    const fixed = cli.run(folder, ['retest', 'report.json']);
    expect([fixed.code, fixed.stderr]).toEqual([0, '']);
  });

  test('only its own rules, and none of them', () => {
    const folder = folderOf(HOSTILE);
    expect(cli.run(folder, ['artifact', 'models', '--rule', 'REPO-SHARD-INDEX']).stdout).toContain('1 finding');
    const none = cli.run(folder, ['artifact', 'models', '--rule', 'PICKLE']);
    expect([none.code, none.stdout.includes('REPO-')]).toEqual([0, false]);
  });

  test('a tree of sources is none', () => {
    const folder = folderOf({
      'src/a.py': 'import os\nos.system("id")\n',
      'run.sh': '#!/bin/sh\nid\n',
      'package.json': {},
    });
    expect(cli.run(folder, ['artifact', '.']).stdout).toContain('No supported artifact was found');
  });
});
