import { expect, test } from 'vitest';
import { checkStatement, type StatementRules } from './check-statement.js';
import { Refusal } from './dsse.js';

const RULES: StatementRules = {
  rules: [],
  policy: null,
  anyPolicy: true,
  anyVerdict: true,
  allowIncomplete: true,
  type: undefined,
  maxAgeDays: undefined,
  anyCatalogue: true,
  now: new Date('2026-01-02'),
};

const WITHOUT: readonly unknown[] = [
  undefined,
  null,
  1,
  'x',
  [],
  {},
  { record: null },
  { record: [] },
  { record: 'x' },
];

test.each(['urn:sentinel:predicate:scan:2', 'urn:sentinel:predicate:closure:1'])(
  'a signed statement that lacks its record is refused: %s',
  (predicateType) => {
    for (const predicate of WITHOUT) {
      const statement = { _type: 'https://in-toto.io/Statement/v1', subject: [], predicateType, predicate };
      const payload = new TextEncoder().encode(JSON.stringify(statement));
      expect(() => checkStatement(payload, RULES), JSON.stringify(predicate)).toThrow(Refusal);
    }
  },
);
