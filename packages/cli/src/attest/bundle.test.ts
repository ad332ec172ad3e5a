import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkSummary, openBundle, readLines, type Opened } from './bundle.js';
import type { CheckedStatement } from './check-statement.js';
import { Refusal, signEnvelope } from './dsse.js';
import { PAYLOAD_TYPE, STATEMENT_TYPE } from './statement.js';
import { SUMMARY_TYPE } from './summary.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = { key: publicKey, id: 'k' };
const line = (statement: object) => {
  const value = signEnvelope(PAYLOAD_TYPE, Buffer.from(JSON.stringify(statement)), { key: privateKey, id: 'k' });
  return { text: JSON.stringify(value), value };
};

describe('lines', () => {
  test('are one value, or one in each', () => {
    expect(readLines(' {"a":\n1} \n')).toEqual([{ text: '{"a":\n1}', value: { a: 1 } }]);
    expect(readLines('{"a":1}\n\n [2] \n')).toEqual([
      { text: '{"a":1}', value: { a: 1 } },
      { text: ' [2] ', value: [2] },
    ]);
    expect(() => readLines('{"a":1}\nx')).toThrow('it is no JSON');
    expect(() => readLines('')).not.toThrow();
    expect(() => readLines('1\n'.repeat(5000))).toThrow(/^more than \d+ envelopes$/);
  });
});

describe('a bundle', () => {
  const scan = line({ predicateType: 'scan' });
  const summary = line({ predicateType: SUMMARY_TYPE });

  test('has a statement, and may have a summary', () => {
    const both = openBundle([summary, scan], key);
    expect([both.record.predicateType, both.summary?.predicateType]).toEqual(['scan', SUMMARY_TYPE]);
    expect(both.record.text).toBe(scan.text);
    expect(openBundle([scan], key).summary).toBeNull();
    expect(openBundle([line([1])], key).record.predicateType).toBeUndefined();
  });

  test.each([
    ['nothing', [], 'it holds no statement'],
    ['a summary alone', [summary], 'it holds no statement'],
    ['two statements', [scan, scan], 'it holds several statements'],
    ['two summaries', [summary, scan, summary], 'it holds several statements'],
    ['what is no envelope', [{ text: '1', value: 1 }], 'it is no DSSE envelope'],
  ])('of %s is refused', (_, lines, message) => {
    expect(() => openBundle(lines, key)).toThrow(Refusal);
    expect(() => openBundle(lines, key)).toThrow(message);
  });
});

describe('a summary', () => {
  const [a, b] = ['a', 'b'].map((text) => createHash('sha256').update(text).digest('hex')) as [string, string];
  const record = { text: 'the envelope', payload: Buffer.alloc(0), predicateType: 'scan' } as Opened;
  const digest = createHash('sha256').update(record.text).digest('hex');
  const checked = {
    subjects: new Map([
      [a, 'x'],
      [b, 'y'],
    ]),
    policySha256: 'pp',
    verdict: 'pass',
  } as unknown as CheckedStatement;
  const subject = (...digests: string[]) => digests.map((sha256, i) => ({ name: `n${i}`, digest: { sha256 } }));
  const check = (more: { subject?: object; predicate?: object } = {}, against: Partial<CheckedStatement> = {}) => {
    const statement = {
      _type: STATEMENT_TYPE,
      subject: more.subject ?? subject(a, b),
      predicate: {
        inputAttestations: [{ digest: { sha256: digest } }],
        policy: { digest: { sha256: 'pp' } },
        verificationResult: 'PASSED',
        ...more.predicate,
      },
    };
    const payload = Buffer.from(JSON.stringify(statement));
    checkSummary({ text: '', payload, predicateType: SUMMARY_TYPE }, record, {
      ...checked,
      ...against,
    });
  };

  test('fits its statement', () => {
    expect(() => check()).not.toThrow();
    expect(() => check({ predicate: { verificationResult: 'FAILED' } }, { verdict: 'fail' })).not.toThrow();
    expect(() =>
      check({ predicate: { inputAttestations: [{ digest: { sha256: 'x' } }, { digest: { sha256: digest } }] } }),
    ).not.toThrow();
  });

  test.each<[string, Parameters<typeof check>]>([
    ['other subjects', [{ subject: subject(a) }]],
    ['other subjects', [{ subject: subject(a, createHash('sha256').update('c').digest('hex')) }]],
    ['another statement', [{ predicate: { inputAttestations: [{ digest: { sha256: 'x' } }] } }]],
    ['another policy', [{ predicate: { policy: { digest: { sha256: 'qq' } } } }]],
    ['another result', [{ predicate: { verificationResult: 'FAILED' } }]],
    ['another result', [{}, { verdict: 'fail' }]],
  ])('of %s is refused', (what, args) => {
    expect(() => check(...args)).toThrow(`its SLSA summary does not fit its statement: ${what}`);
  });
});
