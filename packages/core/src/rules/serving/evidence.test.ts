import { describe, expect, test } from 'vitest';
import { check, flowFact } from '../../../test/fact-kit.js';
import type { FlowAddress, SourceFlowFact } from '../../model/flow-fact.js';
import { MAX_ADDRESSES } from '../../model/limits.js';
import type { Rule } from '../../model/rule.js';
import { SEVERITIES, type Severity } from '../../model/severity.js';
import bindAll from './bind-all.js';
import codecExport from './codec-export.js';
import { chainOf, isRemote, matchOf, severityOf, shifted, staysOnHost, unshownMatch } from './evidence.js';
import mediaType from './media-type.js';
import numpyPickle from './numpy-pickle.js';
import pickleNetwork from './pickle-network.js';
import storePickle from './store-pickle.js';
import torchNetwork from './torch-network.js';
import workerHandoff from './worker-handoff.js';
import yamlNetwork from './yaml-network.js';
import zmqPyobj from './zmq-pyobj.js';

type Sink = NonNullable<SourceFlowFact['sink']>;
type Origin = NonNullable<SourceFlowFact['origin']>;

const line = (number: number, path = 'a.py') => ({ path, offset: 0, line: number, column: 3 });
const sink = (family: string, setting: Sink['setting'] = 'unsafe'): Sink => ({
  family,
  name: `${family}.load`,
  setting,
});
const from = (reach: Origin['reach'], more: Partial<Origin> = {}): Origin => ({
  reach,
  protocol: 'X',
  isClient: false,
  hasFixedHost: false,
  ...more,
});
const address = (use: FlowAddress['use'], reach: FlowAddress['reach'], text = 'tcp://h:1'): FlowAddress => ({
  at: line(2),
  address: text,
  use,
  reach,
});
const OPEN = [address('bind', 'any')];
const AUTH = { at: line(5), text: 'CURVE' };
const GUARD = { at: line(6), text: 'hmac.compare_digest', isWeak: false };
const WEAK = { ...GUARD, isWeak: true };

describe('the severity', () => {
  test.each<[Severity, number, Severity]>([
    ['CRITICAL', -1, 'CRITICAL'],
    ['CRITICAL', 1, 'HIGH'],
    ['MEDIUM', -1, 'HIGH'],
    ['LOW', 1, 'LOW'],
    ['LOW', -3, 'CRITICAL'],
  ])('%s by %i is %s', (severity, by, expected) => {
    expect(shifted(severity, by)).toBe(expected);
  });

  test.each<[Partial<SourceFlowFact>, Severity]>([
    [{}, 'HIGH'],
    [{ isTest: true, addresses: OPEN }, 'LOW'],
    [{ origin: from('network', { hasFixedHost: true }), addresses: OPEN }, 'LOW'],
    [{ origin: null }, 'HIGH'],
    [{ addresses: OPEN }, 'CRITICAL'],
    [{ addresses: OPEN, authentication: AUTH }, 'HIGH'],
    [{ addresses: [address('connect', 'any')] }, 'HIGH'],
    [{ addresses: [address('bind', 'host')] }, 'HIGH'],
    [{ addresses: [address('bind', 'same-host'), ...OPEN] }, 'CRITICAL'],
    [{ guard: WEAK }, 'MEDIUM'],
    [{ guard: WEAK, addresses: OPEN }, 'HIGH'],
    [{ guard: GUARD }, 'HIGH'],
  ])('%j: %s', (more, expected) => {
    expect(severityOf(flowFact(more), 'HIGH')).toBe(expected);
  });

  test('an open interface raises by one', () => {
    expect(severityOf(flowFact({ addresses: OPEN }), 'LOW')).toBe('MEDIUM');
    expect(severityOf(flowFact({ guard: WEAK }), 'CRITICAL')).toBe('HIGH');
  });

  test.each<[FlowAddress[], boolean, boolean]>([
    [[], false, false],
    [[address('bind', 'same-host')], false, true],
    [[address('connect', 'host')], true, false],
    [[address('bind', 'same-host'), address('bind', 'any')], true, false],
    [[address('connect', 'host', 'ipc://x')], false, false],
    [[address('connect', 'host', 'xipc:')], true, false],
  ])('%j: remote %s, on this host %s', (addresses, remote, host) => {
    expect([isRemote(flowFact({ addresses })), staysOnHost(flowFact({ addresses }))]).toEqual([remote, host]);
  });
});

describe('the evidence', () => {
  const LAST = ['authentication: none seen', 'guard on the bytes: none seen'];
  test.each<[Partial<SourceFlowFact>, string[]]>([
    [{}, ['protocol: TCP', 'no bind address is seen in the module', ...LAST]],
    [{ origin: null }, ['no bind address is seen in the module', ...LAST]],
    [
      {
        steps: [
          { at: line(3), text: 'receives', code: 's.recv(9)' },
          { at: line(7, 'b.py'), text: 'loads', code: 'loads(d)' },
        ],
        more: 2,
      },
      [
        'line 3: receives: s.recv(9)',
        'b.py:7:3: loads: loads(d)',
        '2 more of this kind in the module',
        'protocol: TCP',
        'no bind address is seen in the module',
        ...LAST,
      ],
    ],
    [
      { entry: '/run', addresses: [...OPEN, address('connect', 'same-host')], condition: 'DEBUG' },
      [
        'protocol: TCP',
        'entry point: /run',
        'binds tcp://h:1 in line 2: every interface',
        'connects to tcp://h:1 in line 2: this host only',
        ...LAST,
        'under the condition: DEBUG',
      ],
    ],
    [
      { authentication: AUTH, guard: WEAK },
      [
        'protocol: TCP',
        'no bind address is seen in the module',
        'authentication: line 5 has CURVE',
        'guard on the bytes: hmac.compare_digest in line 6, which is weak',
      ],
    ],
    [
      { guard: GUARD, comments: [{ line: 4, text: '# nosec', tool: 'other' }] as SourceFlowFact['comments'] },
      [
        'protocol: TCP',
        'no bind address is seen in the module',
        'authentication: none seen',
        'guard on the bytes: hmac.compare_digest in line 6',
        'line 4 has a comment for another tool, which does not count here: # nosec',
      ],
    ],
  ])('%j', (more, expected) => {
    expect(chainOf(flowFact(more))).toEqual(expected);
  });

  test('the first addresses', () => {
    const addresses = Array.from({ length: MAX_ADDRESSES + 1 }, () => OPEN[0] ?? address('bind', 'any'));
    expect(chainOf(flowFact({ addresses })).filter((one) => one.startsWith('binds'))).toHaveLength(MAX_ADDRESSES);
  });

  test.each(SEVERITIES)('the level of %s', (severity) => {
    const blocks = severity === 'CRITICAL' || severity === 'HIGH';
    expect(matchOf(flowFact(), severity, 's', 'm.')).toMatchObject({ level: blocks ? 3 : 0, severity, message: 'm.' });
  });

  test('a test, an open interface and steps are said', () => {
    expect(matchOf(flowFact(), 'LOW', 's', 'm.')).not.toHaveProperty('flow');
    expect(matchOf(flowFact(), 'LOW', 's', 'm.')).not.toHaveProperty('cwe');
    const steps = [{ at: line(3), text: 't', code: 'c' }];
    expect(matchOf(flowFact({ isTest: true, addresses: OPEN, steps }), 'LOW', 's', 'm.')).toMatchObject({
      message: 'm. It is in a test or a benchmark.',
      cwe: ['CWE-306'],
      flow: steps,
    });
  });
});

describe('loaders whose bytes nobody can follow', () => {
  const unshown = (more: Partial<SourceFlowFact>): SourceFlowFact =>
    flowFact({
      what: 'unshown',
      steps: [{ at: line(3), text: 't', code: 'c' }],
      detail: 'x imports redis',
      peerShownBy: 'module',
      ...more,
    });
  test.each<[Partial<SourceFlowFact>, string | undefined]>([
    [{}, 'MEDIUM A call unpickles bytes whose'],
    [{ more: 1 }, 'MEDIUM 2 calls unpickle bytes whose'],
    [{ detail: 'the module imports redis', peerShownBy: 'package' }, 'LOW A call unpickles bytes whose'],
    [{ addresses: OPEN }, 'MEDIUM A call unpickles bytes whose'],
    [{ what: 'flow' }, undefined],
    [{ origin: from('store') }, undefined],
    [{ origin: null }, undefined],
    [{ sink: null }, undefined],
    [{ sink: sink('yaml', 'safe') }, undefined],
  ])('%j: %s', (more, expected) => {
    const match = unshownMatch(unshown(more), 'network');
    expect(match === undefined ? undefined : `${match.severity} ${match.message}`.slice(0, expected?.length)).toBe(
      expected,
    );
  });
});

describe('which rule takes which fact, and how severe it is', () => {
  const network = from('network');
  test.each<[Rule<'source.flow'>, Partial<SourceFlowFact>, Severity | undefined]>([
    [pickleNetwork, {}, 'CRITICAL'],
    [pickleNetwork, { guard: WEAK }, 'HIGH'],
    [pickleNetwork, { guard: GUARD }, undefined],
    [pickleNetwork, { sink: sink('forking') }, 'CRITICAL'],
    [pickleNetwork, { sink: sink('yaml') }, undefined],
    [pickleNetwork, { sink: null }, undefined],
    [pickleNetwork, { what: 'unknown' }, 'HIGH'],
    [pickleNetwork, { what: 'unknown', addresses: OPEN }, 'HIGH'],
    [pickleNetwork, { what: 'unshown', steps: [], peerShownBy: 'module' }, 'MEDIUM'],
    [pickleNetwork, { what: 'receives' }, undefined],
    [pickleNetwork, { origin: from('store') }, undefined],
    [pickleNetwork, { isDecodedOnReceipt: true }, undefined],
    [storePickle, { origin: from('store') }, 'HIGH'],
    [storePickle, { origin: network }, undefined],
    [storePickle, { origin: network, sink: sink('shelve') }, 'HIGH'],
    [storePickle, { origin: from('store'), sink: sink('yaml', 'safe') }, undefined],
    [storePickle, { origin: from('store'), guard: GUARD }, undefined],
    [storePickle, { origin: from('store'), sink: null }, undefined],
    [storePickle, { origin: from('store'), what: 'receives' }, undefined],
    [storePickle, { what: 'setting', sink: null }, 'HIGH'],
    [storePickle, { what: 'shelf', sink: null }, 'HIGH'],
    [storePickle, { what: 'unshown', origin: from('store') }, 'LOW'],
    [workerHandoff, { origin: from('worker') }, 'MEDIUM'],
    [workerHandoff, { origin: from('worker'), addresses: [address('connect', 'host')] }, 'HIGH'],
    [workerHandoff, { origin: from('worker'), sink: sink('yaml', 'safe') }, undefined],
    [workerHandoff, { origin: from('worker'), guard: GUARD }, undefined],
    [workerHandoff, { origin: from('worker'), sink: null }, undefined],
    [workerHandoff, { origin: network }, undefined],
    [workerHandoff, { what: 'receives', sink: sink('connection') }, 'MEDIUM'],
    [workerHandoff, { what: 'receives', sink: sink('collective') }, 'LOW'],
    [workerHandoff, { what: 'receives', sink: sink('pickle'), origin: from('worker') }, undefined],
    [workerHandoff, { what: 'unshown', origin: from('worker') }, 'LOW'],
    [torchNetwork, { sink: sink('torch') }, 'CRITICAL'],
    [torchNetwork, { sink: sink('torch', 'safe') }, 'LOW'],
    [torchNetwork, { sink: sink('torch', 'safe'), what: 'unknown' }, undefined],
    [torchNetwork, { sink: sink('torch'), what: 'unknown', addresses: OPEN }, 'HIGH'],
    [torchNetwork, { sink: sink('torch'), guard: GUARD }, undefined],
    [torchNetwork, { sink: sink('torch'), origin: from('store') }, undefined],
    [torchNetwork, { sink: sink('torch'), what: 'receives' }, undefined],
    [torchNetwork, {}, undefined],
    [numpyPickle, { sink: sink('numpy') }, 'HIGH'],
    [numpyPickle, { sink: sink('numpy', 'safe') }, undefined],
    [numpyPickle, { sink: sink('numpy'), guard: GUARD }, undefined],
    [numpyPickle, { sink: sink('numpy'), origin: from('store') }, undefined],
    [numpyPickle, { sink: sink('numpy'), what: 'unknown' }, undefined],
    [numpyPickle, {}, undefined],
    [yamlNetwork, { sink: sink('yaml') }, 'HIGH'],
    [yamlNetwork, { sink: sink('yaml', 'safe') }, undefined],
    [yamlNetwork, { sink: sink('yaml'), guard: GUARD }, undefined],
    [yamlNetwork, { sink: sink('yaml'), origin: from('store') }, undefined],
    [yamlNetwork, { sink: sink('yaml'), what: 'unknown' }, undefined],
    [yamlNetwork, {}, undefined],
    [zmqPyobj, { what: 'receives', sink: sink('zmq-pyobj') }, 'CRITICAL'],
    [zmqPyobj, { what: 'receives', sink: sink('zmq-pyobj'), addresses: [address('bind', 'same-host')] }, 'MEDIUM'],
    [zmqPyobj, { what: 'flow', sink: sink('zmq-pyobj') }, undefined],
    [zmqPyobj, { what: 'receives' }, undefined],
    [zmqPyobj, { isDecodedOnReceipt: true }, 'CRITICAL'],
    [zmqPyobj, { isDecodedOnReceipt: true, guard: GUARD }, undefined],
    [zmqPyobj, { isDecodedOnReceipt: true, sink: sink('yaml') }, undefined],
    [zmqPyobj, {}, undefined],
    [mediaType, { what: 'media-type' }, 'HIGH'],
    [mediaType, {}, undefined],
    [bindAll, { what: 'bind' }, 'MEDIUM'],
    [bindAll, { what: 'bind', isTest: true }, 'LOW'],
    [bindAll, { what: 'bind', authentication: AUTH }, undefined],
    [bindAll, {}, undefined],
    [codecExport, { what: 'codec' }, 'MEDIUM'],
    [codecExport, { what: 'codec', registers: true }, 'HIGH'],
    [codecExport, { what: 'codec', guard: GUARD }, undefined],
    [codecExport, { what: 'codec', sink: null }, undefined],
    [codecExport, { what: 'codec', sink: sink('yaml', 'safe') }, undefined],
    [codecExport, { what: 'codec-class', sink: null }, 'MEDIUM'],
    [codecExport, {}, undefined],
  ])('$0.meta.id of %j', (rule, more, expected) => {
    expect(check(rule, flowFact(more))?.severity).toBe(expected);
  });

  test.each<[Rule<'source.flow'>, Partial<SourceFlowFact>, string]>([
    [torchNetwork, { sink: sink('torch', 'default') }, 'torch.load of bytes from TCP without weights_only=True'],
    [torchNetwork, { sink: sink('torch', 'unsafe') }, 'torch.load of bytes from TCP'],
    [zmqPyobj, { what: 'receives', sink: sink('zmq-pyobj') }, 'AST call recv_pyobj'],
    [zmqPyobj, { isDecodedOnReceipt: true }, 'AST call recv_serialized'],
    [codecExport, { what: 'codec' }, 'pickle.loads of a parameter of a public function'],
  ])('$0.meta.id of %j has the signal %s', (rule, more, expected) => {
    expect(check(rule, flowFact(more))?.signal).toBe(expected);
  });
});
