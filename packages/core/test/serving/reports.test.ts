import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { memorySource, renderMarkdown, renderSarif, renderText, RULES, scan } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, readReport, selectRules } from '@artifact-sentinel/core/internal';
import { found, scanSource, severities } from '../source-kit.js';

const PATH = 'srv/socket_helper.py';
const source = readFileSync(fileURLToPath(new URL('vulnerable/socket_helper.py', import.meta.url)));
const rules = selectRules(['SERVING']);
const report = await scan([{ path: PATH, source: memorySource(source), size: source.length }], { rules });

describe('the steps of the bytes', () => {
  const steps = [
    ['10:17', 'bytes from socket', 'conn.recv(size)'],
    ['21:12', 'returned by read_exactly', 'read_exactly(conn, length)'],
    ['22:12', 'loaded by pickle.loads', 'pickle.loads(body)'],
  ];

  test('in the finding', () => {
    const [finding] = report.findings;
    expect(finding?.flow?.map(({ at, text, code }) => [`${at.line}:${at.column}`, text, code])).toEqual(steps);
    expect(finding?.cwe).toEqual(['CWE-502', 'CWE-306']);
    expect(finding?.evidence.chain).toContain('binds *:{port} in line 27: every interface');
    expect(finding?.evidence.chain).toContain('guard on the bytes: none seen');
  });

  test('in SARIF as a code flow', () => {
    const log = JSON.parse(renderSarif(report, { rules })) as {
      runs: {
        results: { codeFlows?: { threadFlows: { locations: { location: Step }[] }[] }[] }[];
        tool: { driver: { rules: { properties: { tags: string[] } }[] } };
      }[];
    };
    const [run] = log.runs;
    const [flow] = run?.results[0]?.codeFlows ?? [];
    expect(
      flow?.threadFlows[0]?.locations.map(({ location: { physicalLocation, message } }) => [
        physicalLocation.artifactLocation.uri,
        `${physicalLocation.region.startLine}:${physicalLocation.region.startColumn}`,
        message.text,
      ]),
    ).toEqual(steps.map(([position, text, code]) => [PATH, position, `${text}: ${code}`]));
    const tags = run?.tool.driver.rules[0]?.properties.tags;
    for (const tag of ['nhi-03', 'a-05', 'pr.ds-5']) expect(tags?.some((item) => item.endsWith(`/${tag}`))).toBe(true);
  });

  test('in the text and in Markdown', () => {
    const text = renderText(report, { color: false, quiet: false, verbose: false });
    const markdown = renderMarkdown(report, { rules: RULES });
    for (const [position, words, code] of steps) {
      expect(text).toContain(`line ${position?.split(':')[0]}: ${words}: ${code}`);
      expect(markdown).toContain(`${PATH}:${position}`);
    }
    for (const id of ['NHI-03', 'A-05', 'PR.DS-5']) expect(markdown).toContain(id);
  });

  test('survives a report that is read again', () => {
    const read = readReport(JSON.stringify(report), 'report.json');
    expect(read.findings[0]?.flow).toEqual(report.findings[0]?.flow);
  });
});

interface Step {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number; readonly startColumn: number };
  };
  readonly message: { readonly text: string };
}

describe('comments', () => {
  const line = 'import pickle, zmq\ndef take(sock: zmq.Socket):\n    return pickle.loads(sock.recv())';

  test('for other tools are shown and do not count', async () => {
    const [finding] = await found('SERVING-PICKLE-NETWORK', `${line}  # nosec B301`);
    expect(finding?.accepted).toBeNull();
    expect(finding?.evidence.chain.join('\n')).toContain('# nosec B301');
  });

  test('for this one accept with a reason where the policy says so', async () => {
    const text = `${line}  # sentinel: ignore[SERVING-PICKLE-NETWORK] a lab of our own`;
    const bare = await scanSource(text, 'a.py', { rules });
    expect(bare.findings[0]).toMatchObject({ accepted: null, action: 'fail', comments: [{ line: 3, counts: false }] });
    const policy = { ...DEFAULT_POLICY, sourceComments: ['a.py'] };
    const accepting = await scanSource(text, 'a.py', { rules, policy });
    expect(accepting.findings[0]?.accepted).toMatchObject({ why: 'a lab of our own', inSource: true });
  });

  test('do not speak for further lines that the finding stands for', async () => {
    const text = `import torch.distributed as dist
def take(objects):
    dist.all_gather_object(objects, 1)  # sentinel: ignore[SERVING-WORKER-HANDOFF] workers of one job
def more(objects):
    dist.broadcast_object_list(objects)
`;
    const policy = { ...DEFAULT_POLICY, sourceComments: ['**'] };
    const { findings } = await scanSource(text, 'a.py', { rules, policy });
    const [finding] = findings.filter(({ ruleId }) => ruleId === 'SERVING-WORKER-HANDOFF');
    expect(finding).toMatchObject({
      accepted: null,
      comments: [{ line: 3, counts: false, why: 'the finding stands for further lines' }],
    });
  });
});

test('tests and benchmarks are low', async () => {
  const text = 'import pickle, zmq\ndef take(sock: zmq.Socket):\n    return pickle.loads(sock.recv())';
  const rule = 'SERVING-PICKLE-NETWORK';
  expect(await severities(rule, text, 'src/server.py')).toEqual(['3 CRITICAL']);
  for (const name of ['src/tests/server.py', 'test_server.py', 'benchmarks/load.py', 'src/server_test.py'])
    expect(await severities(rule, text, name)).toEqual(['3 LOW']);
});

test('fingerprints stay when lines are added above', async () => {
  const text = 'import pickle, zmq\ndef take(sock: zmq.Socket):\n    return pickle.loads(sock.recv())';
  const [before] = await found('SERVING-PICKLE-NETWORK', text);
  const [after] = await found('SERVING-PICKLE-NETWORK', `# new\n\n${text}`);
  expect(after?.location.line).toBe(5);
  expect(after?.fingerprint).toBe(before?.fingerprint);
});

test('notebooks name the cell', async () => {
  const cells = [
    'import pickle, zmq\nsock = zmq.Context().socket(zmq.REP)',
    'body = sock.recv()\njob = pickle.loads(body)',
  ];
  const notebook = JSON.stringify({
    nbformat: 4,
    cells: cells.map((text) => ({ cell_type: 'code', source: text, outputs: [], metadata: {} })),
  });
  const [finding] = await found('SERVING-PICKLE-NETWORK', notebook, 'a.ipynb');
  expect(finding?.location).toMatchObject({ cell: 2, line: 2 });
});

test('hostile sources end: nested loops, long chains, functions that call each other', async () => {
  const loops = Array.from({ length: 40 }, (_, i) => `${' '.repeat(i)}for a${i} in b${i}:`).join('\n');
  const chain = Array.from({ length: 2000 }, (_, i) => `x${i + 1} = x${i} + x${i}`).join('\n');
  const calls = Array.from(
    { length: 300 },
    (_, i) => `def f${i}(a):\n    return a + f${(i + 1) % 300}(a) + f${(i * 7) % 300}(a)`,
  ).join('\n');
  for (const text of [
    `${loops}\n${' '.repeat(41)}pickle.loads(s.recv())`,
    `x0 = s.recv()\n${chain}\npickle.loads(x2000)`,
    `${calls}\npickle.loads(f0(s.recv()))`,
  ]) {
    const result = await scanSource(
      `import pickle, socket\ns = socket.create_connection(("h", 1))\n${text}\n`,
      'a.py',
      { rules },
    );
    expect(result.findings.map(({ ruleId }) => ruleId)).toContain('SERVING-PICKLE-NETWORK');
  }
});
