import { describe, expect, test } from 'vitest';
import { ANY_ROUTE } from '../../test/inspect-kit.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../model/limits.ts';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.ts';
import { isNothing, QUICK_BYTES, quickLook } from './quick.ts';
import { compileSchema } from './schema.ts';

const HIDDEN = Buffer.from("cposix\nsystem\n(S'true'\ntR.").toString('base64');

function look(body: string, job: Partial<InspectionJob> = {}, policy: Partial<RoutePolicy> = {}): string | null {
  const schema = policy.schema ?? null;
  const found = quickLook(
    {
      route: 'any',
      contentType: 'application/json',
      contentEncoding: null,
      inferHeaderLength: null,
      query: '',
      body: Buffer.from(body),
      ...job,
    },
    { ...ANY_ROUTE, ...policy },
    schema === null ? null : compileSchema(schema),
  );
  return found === null || found === 'unsettled' ? found : found.signal;
}

const light = { schema: { type: 'object' }, schemaIsLight: true };

test.each<[string, string, Partial<InspectionJob>, Partial<RoutePolicy>, string | null]>([
  ['plain JSON', '{"a": "words and so on"}', {}, {}, null],
  ['JSON that hides something', JSON.stringify([HIDDEN]), {}, {}, 'unsettled'],
  ['JSON that is none', '{', {}, {}, 'json'],
  ['JSON that is too deep', '[[1]]', {}, { limits: { ...DEFAULT_INSPECTION_LIMITS, jsonDepth: 1 } }, 'json-depth'],
  ['nothing', '', {}, {}, null],
  ['nothing of no type', '', { contentType: null }, {}, null],
  ['nothing for a schema', '', {}, light, 'unsettled'],
  ['text', 'a', { contentType: 'text/plain' }, {}, 'unsettled'],
  ['text that is read as JSON', '1', { contentType: 'text/plain' }, { protocol: 'json' }, null],
  ['a type that is not listed', '1', {}, { contentTypes: ['text/plain'] }, 'not-listed'],
  ['a coding', '1', { contentEncoding: 'identity' }, {}, 'unsettled'],
  ['a query', '1', { query: 'a=1' }, {}, 'unsettled'],
  ['the length of a header', '1', { inferHeaderLength: '1' }, {}, 'unsettled'],
  ['a light schema', '{}', {}, light, null],
  ['a light schema that it does not fit', '[]', {}, light, 'type'],
  ['another schema', '{}', {}, { schema: { type: 'object' } }, 'unsettled'],
  ['a head of words', '1', { head: [{ where: 'header', text: 'words and so on' }] }, {}, null],
  ['a head that hides something', '1', { head: [{ where: 'header', text: HIDDEN }] }, {}, 'unsettled'],
  ['the same without a body', '', { head: [{ where: 'header', text: HIDDEN }] }, {}, 'unsettled'],
  [
    'a tensor',
    '{"inputs":[{"name":"x","shape":[1],"datatype":"INT8","data":[1,2]}]}',
    {},
    { protocol: 'v2-infer' },
    'tensor-size',
  ],
  ['what is no tensor to others', '{"inputs":[{"shape":[1],"datatype":"X"}]}', {}, {}, null],
  [
    'as many values as may be',
    '["aaaaaaaaaaa"]',
    {},
    { limits: { ...DEFAULT_INSPECTION_LIMITS, leaves: 0 } },
    'leaves',
  ],
])('%s', (_name, body, job, policy, expected) => expect(look(body, job, policy)).toBe(expected));

test('bodies of 16 KB at most', () => {
  expect(QUICK_BYTES).toBe(16_384);
  expect(look(`[${' '.repeat(QUICK_BYTES - 2)}]`)).toBeNull();
  expect(look(`[${' '.repeat(QUICK_BYTES - 1)}]`)).toBe('unsettled');
});

describe('a text that takes no more than a look', () => {
  test.each<[string, boolean]>([
    ['words and so on', true],
    ['', true],
    [HIDDEN, false],
    ['!!python/name:os.system', false],
  ])('%j: %s', (text, expected) => expect(isNothing(text, DEFAULT_INSPECTION_LIMITS)).toBe(expected));
});
