import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIALECT_NAMES } from '../src/config/dialects.ts';
import { DOCUMENTED } from './documented-requests.ts';
import { rig, send, type Rig } from './gate-kit.ts';

describe.each(DIALECT_NAMES)('the documentation examples of %s', (dialect) => {
  let gate: Rig;
  beforeAll(async () => {
    gate = await rig(`routes: [{dialect: ${dialect}}]\n`);
  });
  afterAll(() => gate.stop());

  const examples = DOCUMENTED.filter((example) => example.dialect === dialect);
  test.each(examples.map((example) => [`${example.page}: ${example.name}`, example] as const))(
    '%s',
    async (_name, { method, path, headers, body }) => {
      const got = await send(gate.port, path, { method, headers, ...(body.length === 0 ? {} : { body }) });
      expect([got.status, gate.events.map(({ refusal }) => refusal)]).toEqual([200, []]);
      const seen = gate.seen.at(-1);
      expect([seen?.method, seen?.url]).toEqual([method, path]);
      for (const [name, value] of Object.entries(headers)) expect(seen?.headers[name.toLowerCase()]).toBe(value);
      expect(seen?.headers['content-type']).toBe(headers['Content-Type']);
      expect(seen?.body.equals(body)).toBe(true);
    },
  );
});

test('there are enough of them, and no two are the same', () => {
  expect(new Set(DOCUMENTED.map(({ page, name }) => `${page}: ${name}`)).size).toBe(DOCUMENTED.length);
  expect(DOCUMENTED.length).toBeGreaterThanOrEqual(70);
});
