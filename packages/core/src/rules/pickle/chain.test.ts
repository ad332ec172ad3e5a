import { describe, expect, test } from 'vitest';
import { call, globalFact, str } from '../../../test/fact-kit.js';
import type { Call, PickleGlobalFact } from '../../model/fact.js';
import { renderChain } from './chain.js';

const IMPORT = { opcode: 'GLOBAL', offset: 30, text: 'imports m.f' };
const chain = (calls: readonly Call[], more: Partial<PickleGlobalFact> = {}): readonly string[] =>
  renderChain(globalFact('m', 'f', calls, more));

describe('the chain of a finding', () => {
  test.each<[string, readonly Call[], Partial<PickleGlobalFact>, string[]]>([
    ['an import', [], { chain: [IMPORT] }, ['GLOBAL @30 imports m.f']],
    ['nothing that is known', [], {}, []],
    [
      'a call, between the steps by its offset',
      [call([str('x')])],
      {
        chain: [
          IMPORT,
          { opcode: 'PUT', offset: 31, text: 'stores it' },
          { opcode: 'GET', offset: 10, text: 'fetches it' },
        ],
      },
      ['GLOBAL @30 imports m.f', 'GET @10 fetches it', "REDUCE @20 calls m.f('x')", 'PUT @31 stores it'],
    ],
    [
      'a state',
      [call([], 'REDUCE'), { ...call([str('s')], 'BUILD'), offset: 25 }],
      { callCount: 1 },
      ['REDUCE @20 calls m.f()', "BUILD @25 sets the state of its result: 's'"],
    ],
    ['one call more', [call([])], { callCount: 2 }, ['REDUCE @20 calls m.f()', '1 further call is not listed']],
    [
      'calls and steps more',
      [call([])],
      { callCount: 3, moreSteps: 1 },
      ['REDUCE @20 calls m.f()', '1 further step is not listed', '2 further calls are not listed'],
    ],
    ['what loads it', [], { outer: 'loaded by pickle.loads @3' }, ['loaded by pickle.loads @3']],
    ['bytes of its own', [], { chain: [{ ...IMPORT, bytes: 7 }] }, ['GLOBAL @30 imports m.f, analysed as <bytes @7>']],
  ])('%s', (_name, calls, more, expected) => {
    expect(chain(calls, more)).toEqual(expected);
  });
});
