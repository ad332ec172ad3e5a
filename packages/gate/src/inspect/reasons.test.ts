import { describe, expect, test } from 'vitest';
import { ANY_ROUTE } from '../../test/inspect-kit.ts';
import { MAX_REASONS } from '../model/limits.ts';
import type { RoutePolicy } from '../model/route-policy.ts';
import { refuse, Refused, type GateRule } from '../model/rules.ts';
import { Reasons } from './reasons.ts';

const TODAY = new Date('2026-05-10T12:00:00Z');
const reasonsOf = (policy: Partial<RoutePolicy>): Reasons => new Reasons({ ...ANY_ROUTE, ...policy }, TODAY);
const finding =
  (rule: GateRule, path = 'p') =>
  async (): Promise<void> =>
    refuse(rule, 'signal', path, 'detail');
const exception = (more: object = {}) =>
  ({ rule: 'GATE-PICKLE', field: 'a', owner: 'o', why: 'w', expires: '2026-05-10', ...more }) as never;
/** The rule and the path of each reason, those of an exception with its number. */
const result = (reasons: Reasons, last: GateRule | null = null) => {
  const refusal = last === null ? null : ({ rule: last, path: 'last' } as never);
  const found = reasons.result(refusal);
  const shown = (one: { rule: string; path: string; exception?: number }): string =>
    `${one.rule} ${one.path}${one.exception === undefined ? '' : ` #${one.exception}`}`;
  return [found.refusal === null ? null : shown(found.refusal), ...found.also.map(shown)];
};

test('the first reason ends it where nothing says otherwise', async () => {
  const reasons = reasonsOf({});
  expect(reasons.isPatient).toBe(false);
  expect(await reasons.within(null, async () => undefined)).toBe(true);
  await expect(reasons.within(null, finding('GATE-PICKLE'))).rejects.toThrow(Refused);
  expect(result(reasons)).toEqual([null]);
  expect(result(reasons, 'GATE-PICKLE')).toEqual(['GATE-PICKLE last']);
});

describe('where a route observes', () => {
  test('all of them are given, each once', async () => {
    const reasons = reasonsOf({ observes: true });
    expect(reasons.isPatient).toBe(true);
    expect(await reasons.within(null, async () => undefined)).toBe(true);
    expect(await reasons.within(null, finding('GATE-PICKLE'))).toBe(false);
    expect(await reasons.within(null, finding('GATE-PICKLE'))).toBe(false);
    expect(await reasons.within(null, finding('GATE-PICKLE', 'q'))).toBe(false);
    expect(await reasons.within(null, finding('GATE-CODE'))).toBe(false);
    expect(result(reasons)).toEqual(['GATE-PICKLE p', 'GATE-PICKLE q', 'GATE-CODE p']);
    expect(result(reasons, 'GATE-BOMB')).toEqual(['GATE-PICKLE p', 'GATE-PICKLE q', 'GATE-CODE p', 'GATE-BOMB last']);
  });

  test.each(['GATE-BOMB', 'GATE-SIZE', 'GATE-ABORTED', 'GATE-STREAM'] as const)('%s ends it', async (rule) => {
    await expect(reasonsOf({ observes: true }).within(null, finding(rule))).rejects.toThrow(Refused);
  });

  test('a fault of ours ends it', async () => {
    const fault = async (): Promise<void> => {
      throw new RangeError('ours');
    };
    await expect(reasonsOf({ observes: true }).within(null, fault)).rejects.toThrow(RangeError);
  });

  test('as many as may be are given', async () => {
    const reasons = reasonsOf({ observes: true });
    for (let i = 0; i < MAX_REASONS - 1; i += 1)
      expect(await reasons.within(null, finding('GATE-CODE', `p${i}`))).toBe(false);
    await expect(reasons.within(null, finding('GATE-CODE', 'more'))).rejects.toThrow(Refused);
    expect(result(reasons, 'GATE-CODE')).toHaveLength(MAX_REASONS);
  });
});

describe('an exception', () => {
  test.each<[string, object, string, GateRule, boolean]>([
    ['of its field', {}, 'a', 'GATE-PICKLE', true],
    ['of another field', {}, 'b', 'GATE-PICKLE', false],
    ['of any field', { field: null }, 'b', 'GATE-PICKLE', true],
    ['of another rule', {}, 'a', 'GATE-CODE', false],
    ['until yesterday', { expires: '2026-05-09' }, 'a', 'GATE-PICKLE', false],
    ['until tomorrow', { expires: '2026-05-11' }, 'a', 'GATE-PICKLE', true],
    ['of a rule that has none', { rule: 'GATE-SIZE' }, 'a', 'GATE-SIZE', false],
  ])('%s', async (_name, more, field, rule, passes) => {
    const reasons = reasonsOf({ exceptions: [exception(more)] });
    if (passes) expect(await reasons.within(field, finding(rule))).toBe(false);
    else await expect(reasons.within(field, finding(rule))).rejects.toThrow(Refused);
    expect(result(reasons)).toEqual(passes ? [null, `${rule} p #0`] : [null]);
  });

  test('that holds is patient, one that has ended is not', () => {
    expect(reasonsOf({ exceptions: [exception()] }).isPatient).toBe(true);
    expect(reasonsOf({ exceptions: [exception({ expires: '2026-05-09' })] }).isPatient).toBe(false);
    expect(reasonsOf({ exceptions: [] }).isPatient).toBe(false);
  });

  test('is named by its number, and comes behind what refuses', async () => {
    const reasons = reasonsOf({ observes: true, exceptions: [exception({ field: 'x' }), exception()] });
    expect(await reasons.within('a', finding('GATE-PICKLE'))).toBe(false);
    expect(await reasons.within('a', finding('GATE-CODE', 'q'))).toBe(false);
    expect(result(reasons)).toEqual(['GATE-CODE q', 'GATE-PICKLE p #1']);
  });

  test('lets any number pass, of which as many as may be are given', async () => {
    const reasons = reasonsOf({ exceptions: [exception()] });
    for (let i = 0; i < MAX_REASONS + 2; i += 1)
      expect(await reasons.within('a', finding('GATE-PICKLE', `p${i}`))).toBe(false);
    expect(result(reasons)).toHaveLength(1 + MAX_REASONS);
  });
});
