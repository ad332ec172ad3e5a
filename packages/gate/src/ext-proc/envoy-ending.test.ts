import { expect, test } from 'vitest';
import type { Access } from '../events/access.ts';
import type { RecordContext } from '../proxy/ending.ts';
import { headRefusal } from '../proxy/problem.ts';
import { EnvoyEnding } from './envoy-ending.ts';

/** An ending, and the records of it. */
function ending(isCall: boolean): { readonly made: EnvoyEnding; readonly accesses: Access[] } {
  const accesses: Access[] = [];
  const records = {
    recorder: { record: () => undefined },
    onAccess: (access: Access) => accesses.push(access),
  } as unknown as RecordContext;
  const client = { address: '192.0.2.7', port: 1 };
  return { made: new EnvoyEnding({ client, request: null, trace: null }, records, isCall), accesses };
}

test('the status of what passes is not known', () => {
  const { made, accesses } = ending(false);
  made.finish('passed');
  expect(accesses).toMatchObject([{ outcome: 'passed', status: 0 }]);
  expect(made.refused).toBeNull();
});

test.each([
  [false, 413],
  [true, 200],
])('a refusal is recorded and handed on; it is a call: %s', (isCall, status) => {
  const { made, accesses } = ending(isCall);
  const refusal = headRefusal('GATE-SIZE', 's', 'd');
  expect(made.mayPass(refusal)).toBe(false);
  expect(made.refused).toBe(refusal);
  expect(accesses).toMatchObject([{ outcome: 'denied', status, rule: 'GATE-SIZE' }]);
});
