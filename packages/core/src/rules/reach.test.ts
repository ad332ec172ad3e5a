import { expect, test } from 'vitest';
import { CONTEXT } from '../../test/report-kit.js';
import { scanSource } from '../../test/source-kit.js';
import { factsOf } from '../../test/flow-kit.js';
import type { Finding, Report } from '../model/report.js';
import { contradictions } from '../policy/contradictions.js';
import { loadPolicy } from '../policy/load.js';
import { eachReporter, REPORTERS, type Render } from '../report/reporters.js';
import { renderText } from '../report/text.js';
import { bySeverity, countReaches } from '../report/words.js';
import { RULES } from './index.js';
import { reachOf } from './reach.js';

const SOURCE = `import sys
import torch
from huggingface_hub import hf_hub_download
torch.load("model.pt")
torch.load(hf_hub_download("a/b", "c.pt"))
torch.load(sys.argv[1])
def load(path):
    return torch.load(path)
torch.load("/tmp/model.pt")
torch.load(CONFIG.path)
`;
const ONE = 'import torch\ntorch.load("model.pt")\n';
const metas = RULES.map((rule) => rule.meta);

const reaches = ({ findings }: Report): [number | null, Finding['reach']][] =>
  findings.map(({ location, reach }) => [location.line, reach]);

test('each finding in source has a reach, and comes in its order', async () => {
  const report = await scanSource(SOURCE);
  expect(reaches({ ...report, findings: bySeverity(report.findings) })).toEqual([
    [5, 'network'],
    [9, 'store'],
    [10, 'unknown'],
    [8, 'argument'],
    [6, 'file'],
    [4, 'constant'],
  ]);
  expect(report.findings.every(({ action, loweredByReach }) => action === 'fail' && loweredByReach === undefined)).toBe(
    true,
  );
  expect(countReaches(report.findings)).toEqual([
    '6 TORCH-LOAD-UNTRUSTED: 1 network, 1 store, 1 unknown, 1 argument, 1 file, 1 constant',
  ]);
});

test.each(['tests/a.py', 'pkg/test_a.py', 'examples/a.py', 'benchmarks/x/a.py'])('%s is a test', async (path) => {
  expect(reaches(await scanSource(SOURCE, path)).every(([, reach]) => reach === 'test')).toBe(true);
});

test.each<[string, string]>([
  ['import pickle, socket\ns = socket.create_connection(("h", 1))\npickle.loads(s.recv(9))', 'network'],
  ['import pickle, redis\nr = redis.Redis()\npickle.loads(r.get("k"))', 'store'],
  ['import zmq\nzmq.Context().socket(1).recv_pyobj()', 'network'],
  ['import pickle\ndef decode(data: bytes):\n  return pickle.loads(data)', 'argument'],
  ['from multiprocessing.connection import Client\nc = Client("x")\nc.recv()', 'network'],
  ['import pickle, requests\nclass A:\n  def _f(self):\n    pickle.loads(self.x)', 'unknown'],
  ['import shelve\nshelve.open("/mnt/x")', 'store'],
])('a flow: %j', (text, expected) => {
  const [fact] = factsOf(text);
  expect(fact && reachOf(fact)).toBe(expected);
});

test('the bytes that the flow knows of count for torch.load, whatever rules are asked for', async () => {
  const text = 'import io, torch\nfrom flask import request\ntorch.load(io.BytesIO(request.data))\n';
  const [torch] = (await scanSource(text)).findings;
  const all = (await scanSource(text, 'code.py', { rules: RULES })).findings;
  expect(torch?.reach).toBe('network');
  expect(all.map(({ ruleId, reach }) => [ruleId, reach])).toEqual(
    expect.arrayContaining([
      ['TORCH-LOAD-UNTRUSTED', 'network'],
      ['SERVING-TORCH-NETWORK', 'network'],
    ]),
  );
  expect(torch?.evidence.chain.join()).toContain('over a network');
});

test('a fingerprint does not depend on the reach', async () => {
  const before = await scanSource('import torch\ndef _load(path):\n  torch.load(path)\n_load("a.pt")\n');
  const after = await scanSource('import torch, sys\ndef _load(path):\n  torch.load(path)\n_load(sys.argv[1])\n');
  const only = (report: Report) => report.findings.map(({ fingerprint }) => fingerprint);
  expect(only(after)).toEqual(only(before));
});

const policy = loadPolicy('reach: { constant: ticket, test: note }', 'p.yml');

test('a policy that asks for less lets the artifact pass, and its report says why', async () => {
  expect((await scanSource(ONE)).verdict).toBe('fail');
  const report = await scanSource(ONE, 'code.py', { policy });
  expect(report).toMatchObject({
    verdict: 'pass',
    reasons: [],
    policy: { reach: { constant: 'ticket', test: 'note' } },
    findings: [{ severity: 'CRITICAL', reach: 'constant', action: 'ticket', loweredByReach: true }],
  });
  expect(contradictions(report)).toEqual([]);
  expect(renderText(report)).toContain('Not counted: 1 finding of which the policy asks for less by reach.');
  expect((await scanSource(ONE, 'tests/a.py', { policy })).findings[0]?.action).toBe('note');
});

test('a policy of another reach changes nothing', async () => {
  const report = await scanSource('import torch, sys\ntorch.load(sys.argv[1])\n', 'code.py', { policy });
  expect(report).toMatchObject({ verdict: 'fail', findings: [{ reach: 'file', action: 'fail' }] });
});

test('a report whose reach, or policy of it, was changed by hand contradicts itself', async () => {
  const report = await scanSource(ONE, 'code.py', { policy });
  const wider = { ...report, findings: report.findings.map((finding) => ({ ...finding, reach: 'network' as const })) };
  expect(contradictions(wider)?.join()).toContain('the policy does not say so');
  const { reach: _gone, ...rest } = report.policy ?? { reach: {} };
  expect(contradictions({ ...report, policy: rest as NonNullable<Report['policy']> })).not.toEqual([]);
});

test.each([
  ...eachReporter().map(([name, { load }]) => ({ name, load, verbose: false })),
  { name: 'verbose text', load: REPORTERS.text.load, verbose: true },
])('$name shows the reach', async ({ load, verbose }) => {
  const render: Render = await load();
  const text = render(await scanSource(SOURCE), { ...CONTEXT, rules: metas, catalogue: metas, verbose });
  for (const reach of ['network', 'store', 'unknown', 'argument', 'file', 'constant'])
    expect(text).toMatch(new RegExp(`reach[\\s\\S]*${reach}`, 'i'));
});
