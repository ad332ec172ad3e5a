import fc from 'fast-check';
import { expect, test } from 'vitest';
import { call, globalFact, str } from '../../test/fact-kit.js';
import { reportOf } from '../../test/report-kit.js';
import type { Finding } from '../model/report.js';
import { compareFindings, type CompareOptions, type Comparison, type Seen } from './compare.js';

const OPTIONS: CompareOptions = { sameCatalogue: true, knowsRule: () => true, usedAllow: [] };
const STATE = { path: 'a.pkl', sha256: null, notHashed: 'not asked for' };

const [MODEL] = reportOf('a.pkl', [globalFact('os', 'system', [call([str('id')])])]).findings;
if (MODEL === undefined) throw new Error('no finding to start from');
const model: Finding = MODEL;

/** Three signals, sixteen fingerprints: equal signals under different fingerprints are common. */
const finding = fc
  .record({ signal: fc.constantFrom('GLOBAL os.system', 'GLOBAL a.b @12', 'GLOBAL a.b @99'), id: fc.nat(15) })
  .map(({ signal, id }): Finding => ({
    ...model,
    evidence: { ...model.evidence, signal },
    fingerprint: `${signal.length}${id.toString(16)}`.padStart(32, '0'),
  }));
const findings = fc.uniqueArray(finding, { selector: (item) => item.fingerprint, maxLength: 8 });

function compare(earlier: readonly Finding[], seen: Partial<Seen>): Comparison {
  const nothing = { state: 'complete', reason: null, before: STATE, after: STATE, findings: [], bare: [] } as const;
  return compareFindings(earlier, { ...nothing, ...seen }, OPTIONS);
}

const count = ({ findings: items }: Comparison, status: string): number =>
  items.filter((item) => item.status === status).length;

test('what is still there under its fingerprint is open, reported or not', () => {
  fc.assert(
    fc.property(findings, findings, findings, (earlier, reported, bare) => {
      const there = new Set([...reported, ...bare].map((item) => item.fingerprint));
      for (const item of compare(earlier, { findings: reported, bare }).findings) {
        if (there.has(item.fingerprint)) expect(item.status).toBe('open');
      }
    }),
  );
});

test('further findings close nothing more', () => {
  fc.assert(
    fc.property(findings, findings, findings, (earlier, reported, more) => {
      const less = compare(earlier, { findings: reported });
      expect(count(compare(earlier, { findings: reported, bare: more }), 'closed')).toBeLessThanOrEqual(
        count(less, 'closed'),
      );
    }),
  );
});

test('every earlier finding gets its status, in its order; what is there is answered or new', () => {
  fc.assert(
    fc.property(findings, findings, (earlier, reported) => {
      const result = compare(earlier, { findings: reported });
      expect(result.findings.map((item) => item.fingerprint)).toEqual(earlier.map((item) => item.fingerprint));
      expect(count(result, 'open') + result.fresh.length).toBe(reported.length);
    }),
  );
});

test('nothing is closed in an artifact that is incomplete, unknown or unchanged', () => {
  fc.assert(
    fc.property(findings, (earlier) => {
      const hashed = { ...STATE, sha256: 'ab'.repeat(32) };
      for (const seen of [
        { state: 'incomplete' },
        { state: 'unknown' },
        { state: 'absent' },
        { before: hashed, after: hashed },
      ] as const)
        expect(count(compare(earlier, seen), 'closed')).toBe(0);
    }),
  );
});
