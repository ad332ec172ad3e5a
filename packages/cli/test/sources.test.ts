import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import type { Log } from 'sarif';
import { describe, expect, test } from 'vitest';
import { Cli, PICKLES } from './kit.js';

// Python sources in the same scan as artifacts, with everything that lies around them.
const cli = new Cli();
const text = (value: string): Buffer => Buffer.from(value);

function scan(
  files: Readonly<Record<string, string>>,
  ...args: string[]
): { code: number | null; report: Report; folder: string } {
  const folder = cli.folder(Object.fromEntries(Object.entries(files).map(([name, value]) => [name, text(value)])));
  const run = cli.run(folder, ['artifact', '.', '-f', 'json=out.json', '-f', 'sarif=out.sarif', ...args]);
  return { code: run.code, report: JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as Report, folder };
}
const positions = (report: Report): string[] =>
  report.findings.map(({ ruleId, location }) => `${ruleId} ${location.path}:${location.line}`);

const LOAD = 'import torch\ntorch.load("a")\n';

describe('a name that another file of the tree passes on', () => {
  const TREE = {
    'pkg/__init__.py': 'from .io import read_it, helper\n',
    'pkg/io.py': 'from torch import load as read_it\ndef helper(): ...\n',
    'pkg/all.py': 'from .io import *\n',
    'pkg/circle.py': 'from .round import load\n',
    'pkg/round.py': 'from .circle import load\n',
    'scripts/main.py':
      'from pkg import read_it as r, helper\nimport pkg.all as s\nfrom pkg.circle import load\nr("x")\ns.read_it("y")\ns.read_it("y", weights_only=True)\nhelper()\nload("z")\n',
  };

  test('is followed, by name and by star, to its end', () => {
    const { code, report } = scan(TREE);
    expect(code).toBe(1);
    expect(positions(report)).toEqual([
      'TORCH-LOAD-UNTRUSTED scripts/main.py:4',
      'TORCH-LOAD-UNTRUSTED scripts/main.py:5',
    ]);
    expect(report.findings[0]?.evidence.chain).toContain('pkg.read_it is pkg.io.read_it is torch.load');
  });

  test('on several threads as on one', () => {
    const one = scan(TREE, '--jobs', '1').report;
    expect(scan(TREE, '--jobs', '2').report.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      one.findings.map(({ fingerprint }) => fingerprint),
    );
  });
});

test.each([
  ['requirements.txt', 'numpy\ntorch>=2.6,<3\n', 'torch 2.6 or later, whose default is True'],
  ['requirements.txt', 'torch==1.13.1\n', 'admits torch 1.13.1, whose default is False'],
  ['requirements/base.txt', 'torch ~= 2.7.0 ; python_version > "3.9"\n', 'torch 2.7.0 or later'],
  ['pyproject.toml', '[project]\ndependencies = ["numpy", "torch>=2.8"]\n', 'torch 2.8 or later'],
  ['pyproject.toml', '[tool.poetry.dependencies]\ntorch = "^2.6"\n', 'torch 2.6 or later'],
  ['setup.cfg', '[options]\ninstall_requires =\n    torch>=2.6\n', 'torch 2.6 or later'],
  ['environment.yml', 'dependencies:\n  - pytorch=2.6\n', 'torch 2.6 or later'],
  ['requirements.txt', 'torchvision>=2.6\n', 'Before PyTorch 2.6 the default is False'],
  ['requirements.txt', 'torch\n', 'Before PyTorch 2.6 the default is False'],
])('%s with %j', (file, content, message) => {
  const { report } = scan({ 'src/a.py': LOAD, [file]: content });
  expect(report.findings[0]).toMatchObject({ severity: 'CRITICAL', action: 'fail' });
  expect(report.findings[0]?.message).toContain(message);
});

describe('comments', () => {
  const SOURCE = `import torch
torch.load("a")  # sentinel: ignore[TORCH-LOAD-UNTRUSTED] written by this very process
torch.load("b")  # sentinel: ignore[TORCH-LOAD-UNTRUSTED]
torch.load("c")  # sentinel: ignore because
torch.load("d")  # sentinel: ignore[TORCH-HUB-DYNAMIC-IMPORT] another rule
"""
# sentinel: ignore[TORCH-LOAD-UNTRUSTED] no comment
"""; torch.load("e")
`;

  const ACCEPT = 'source_comments:\n  accept: ["src/**", "!src/vendor/**"]\n';
  const ONE = SOURCE.split('\n').slice(0, 2).join('\n');
  const why = (report: Report): (string | null)[] =>
    report.findings.flatMap(({ comments = [] }) => comments.map((comment) => comment.why));

  test('are notes for the reader, in every format', () => {
    const folder = cli.folder({ 'a.py': text(ONE) });
    const formats = ['text', 'json=out.json', 'sarif=out.sarif', 'markdown=out.md', 'junit=out.xml', 'gitlab=gl.json'];
    const run = cli.run(folder, ['artifact', 'a.py', ...formats.flatMap((format) => ['-f', format])]);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/comment +line 2: # sentinel: ignore.*\(it does not count: no policy of yours/);
    for (const file of ['out.json', 'out.sarif', 'out.md', 'out.xml', 'gl.json'])
      expect(readFileSync(join(folder, file), 'utf8'), file).toContain('no policy of yours lets comments accept');
    const report = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as Report;
    expect(report.findings[0]).toMatchObject({
      accepted: null,
      action: 'fail',
      comments: [
        {
          line: 2,
          text: '# sentinel: ignore[TORCH-LOAD-UNTRUSTED] written by this very process',
          counts: false,
          why: 'no policy of yours lets comments accept findings (source_comments)',
        },
      ],
    });
  });

  test('accept where the policy names the file, they name the rule and give a reason', () => {
    const { code, report, folder } = scan({ 'src/a.py': SOURCE, 'p.yml': ACCEPT }, '--policy', 'p.yml');
    expect(code).toBe(1);
    expect(report.findings.map(({ action }) => action)).toEqual(['note', 'fail', 'fail', 'fail', 'fail']);
    expect(report.findings[0]?.accepted).toEqual({
      owner: 'a comment on line 2',
      why: 'written by this very process',
      expires: null,
      inSource: true,
    });
    expect(why(report)).toEqual([
      null,
      'it gives no reason behind the brackets',
      'it names no rule (ignore[TORCH-LOAD-UNTRUSTED])',
      'it does not name TORCH-LOAD-UNTRUSTED',
    ]);
    const log = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as Log;
    const results = log.runs.flatMap((run) => run.results ?? []);
    expect(results[0]?.suppressions).toMatchObject([{ kind: 'inSource', status: 'accepted' }]);
    expect(results.slice(1).some(({ suppressions }) => suppressions !== undefined)).toBe(false);
  });

  test('a source whose findings are all accepted passes', () => {
    const { code, report } = scan({ 'src/a.py': ONE, 'p.yml': ACCEPT }, '--policy', 'p.yml');
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  test.each([
    ['under a glob that takes it out', 'src/vendor/a.py'],
    ['under no glob', 'lib/a.py'],
  ])('a file %s stays as it is', (_where, file) => {
    const { code, report } = scan({ [file]: ONE, 'p.yml': ACCEPT }, '--policy', 'p.yml');
    expect({ code, why: why(report) }).toEqual({ code: 1, why: ['source_comments does not name this file'] });
  });

  test('never inside of archives, however they nest, and not in compressed files', () => {
    const folder = cli.folder({ 'src/a.py': text(ONE), 'p.yml': text('source_comments: {accept: ["**"]}\n') });
    const script =
      'import gzip, tarfile, zipfile\n' +
      'with zipfile.ZipFile("in.zip", "w") as z: z.write("src/a.py", "a.py")\n' +
      'with zipfile.ZipFile("out.zip", "w") as z: z.write("in.zip")\n' +
      'with tarfile.open("a.tar", "w") as t: t.add("src/a.py")\n' +
      'gzip.open("a.py.gz", "wb").write(open("src/a.py", "rb").read())\n';
    execFileSync('python3', ['-c', script], { cwd: folder });
    for (const file of ['in.zip', 'out.zip', 'a.tar', 'a.py.gz']) {
      const run = cli.run(folder, ['artifact', file, '--policy', 'p.yml', '-f', 'json']);
      const report = JSON.parse(run.stdout) as Report;
      expect({ file, code: run.code, why: why(report) }).toEqual({
        file,
        code: 1,
        why: ['it is inside of an archive'],
      });
    }
    expect(cli.run(folder, ['artifact', 'src', '--policy', 'p.yml']).code).toBe(0);
  });

  test('not by a policy that came with the files', () => {
    const { code, report } = scan({ 'src/a.py': ONE, 'sentinel-policy.yml': ACCEPT });
    expect({ code, why: why(report) }).toEqual({
      code: 1,
      why: ['no policy of yours lets comments accept findings (source_comments)'],
    });
    expect(report.notes.join('\n')).toContain('Ignored: source_comments.');
    expect(scan({ 'src/a.py': ONE, 'sentinel-policy.yml': ACCEPT }, '--trust-policy-in-tree').code).toBe(0);
  });

  test('a link has to be named by both of its names', () => {
    const folder = cli.folder({ 'src/x': text(''), 'other/a.py': text(ONE), 'p.yml': text(ACCEPT) });
    symlinkSync('../other/a.py', join(folder, 'src/a.py'));
    expect(cli.run(folder, ['artifact', 'src/a.py', '--policy', 'p.yml']).code).toBe(1);
  });

  test('at most 20 are shown, those that count first', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `    # sentinel: ignore[TORCH-LOAD-UNTRUSTED] reason ${i}`);
    const source = `import torch\ntorch.load(\n${lines.join('\n')}\n    "a")\n`;
    const { report } = scan({ 'src/a.py': source, 'p.yml': ACCEPT }, '--policy', 'p.yml');
    expect(report.findings[0]?.comments).toHaveLength(21);
    expect(report.findings[0]?.comments?.at(-1)).toMatchObject({ counts: false, why: '10 more like these' });
  });
});

test('SARIF has the region of the call, and the fix', () => {
  const { folder } = scan({ 'a.py': 'import torch\nx = torch.load("a",\n    "cpu")\n' });
  const log = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as Log;
  const [result] = log.runs.flatMap((run) => run.results ?? []);
  expect(result?.locations?.[0]?.physicalLocation?.region).toEqual({
    startLine: 2,
    startColumn: 5,
    endLine: 3,
    endColumn: 11,
  });
  expect(result?.fixes?.[0]?.artifactChanges[0]).toMatchObject({
    artifactLocation: { uri: 'a.py' },
    replacements: [
      {
        deletedRegion: { startLine: 3, startColumn: 10, endLine: 3, endColumn: 10 },
        insertedContent: { text: ', weights_only=True' },
      },
    ],
  });
});

test('a finding in a cell has no line of the file, and names the cell', () => {
  const cell = { cell_type: 'code', source: ['import torch\n', 'torch.load("a")'], outputs: [], metadata: {} };
  const { folder, report } = scan({ 'n.ipynb': JSON.stringify({ nbformat: 4, cells: [cell] }) });
  expect(report.artifacts).toMatchObject([{ format: 'notebook' }]);
  const log = JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as Log;
  const [result] = log.runs.flatMap((run) => run.results ?? []);
  expect(result?.locations?.[0]?.physicalLocation?.region).toEqual({ startLine: 1 });
  expect(result?.locations?.[0]?.logicalLocations).toMatchObject([
    { fullyQualifiedName: 'n.ipynb!cell 1', kind: 'cell' },
  ]);
});

test('rules that read no source leave sources alone', () => {
  const { code, report } = scan({ 'a.py': LOAD }, '--rule', 'PICKLE');
  expect({ code, artifacts: report.summary.artifacts }).toEqual({ code: 0, artifacts: 0 });
});

test('sources and artifacts of one folder are one report; clean ones are counted', () => {
  const folder = cli.folder({ 'm.pkl': PICKLES.system, 'a.py': text(LOAD), 'b.py': text('import torch\n') });
  const run = cli.run(folder, ['artifact', '.']);
  expect(run.code).toBe(1);
  expect(run.stdout).toContain('PICKLE-EXEC CRITICAL');
  expect(run.stdout).toContain('TORCH-LOAD-UNTRUSTED CRITICAL');
  expect(run.stdout).toContain('in 3 artifacts (1 clean)');
  expect(run.stdout).not.toContain('b.py');
  expect(cli.run(folder, ['artifact', '.', '--verbose']).stdout).toContain('LIKELY_SAFE (0)  b.py');
});

test('a retest closes what weights_only=True fixed, and finds what was only moved', () => {
  const folder = cli.folder({ 'a.py': text(LOAD), 'b.py': text(LOAD) });
  cli.run(folder, ['artifact', '.', '-f', 'json=out.json']);
  const put = (name: string, value: string): void => writeFileSync(join(folder, name), value);
  put('a.py', 'import torch\ntorch.load("a", weights_only=True)\n');
  put('b.py', `# moved\n\n${LOAD}`);
  const run = cli.run(folder, ['retest', 'out.json', '-f', 'json=closure.json']);
  expect(run.code).toBe(1);
  const record = JSON.parse(readFileSync(join(folder, 'closure.json'), 'utf8')) as {
    findings: { artifact: string; status: string }[];
  };
  expect(record.findings.map(({ artifact, status }) => `${artifact} ${status}`)).toEqual(['a.py closed', 'b.py open']);
});
