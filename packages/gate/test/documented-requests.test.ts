import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DIALECT_NAMES } from '../src/config/dialects.ts';
import { DOCUMENTED } from './documented-requests.ts';
import { send, startRig, type Rig } from './gate-kit.ts';

describe.each(DIALECT_NAMES)('the documentation examples of %s', (dialect) => {
  let gate: Rig;
  beforeAll(async () => {
    gate = await startRig(`routes: [{dialect: ${dialect}}]\n`);
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
  expect(DOCUMENTED.length).toBeGreaterThanOrEqual(140);
});

/** What the documentation shows and a dialect refuses all the same, with the reason. */
describe('documented, and refused', () => {
  let gate: Rig;
  beforeAll(async () => {
    gate = await startRig('routes: [{dialect: vllm}, {dialect: triton}]\n');
  });
  afterAll(() => gate.stop());

  const JSON_TYPE = { 'Content-Type': 'application/json' };
  const chat = (content: unknown, more: object): string =>
    JSON.stringify({ model: 'm', messages: [{ role: 'user', content }], ...more });
  test.each([
    [
      'vLLM: embeddings of an image, which torch.load reads',
      '/v1/chat/completions',
      chat([{ type: 'image_embeds', image_embeds: 'AAAA', uuid: 'a' }], {}),
      'GATE-SCHEMA',
    ],
    ['vLLM: a template of the client', '/v1/chat/completions', chat('a', { chat_template: '{{ a }}' }), 'GATE-SCHEMA'],
    [
      'Triton: a tensor in shared memory, which the gate cannot see',
      '/v2/models/m/infer',
      '{"inputs": [{"name": "a", "shape": [1], "datatype": "FP32", "parameters": {"shared_memory_region": "r", "shared_memory_byte_size": 4}}]}',
      'GATE-TENSOR',
    ],
    [
      'Triton: a region of shared memory',
      '/v2/systemsharedmemory/region/r/register',
      '{"key": "/k", "offset": 0, "byte_size": 4}',
      'GATE-ROUTE',
    ],
    [
      'Triton: JSON with a comma too many, as the page of the sequence extension has it',
      '/v2/models/m/infer',
      '{"inputs": [{"name": "a", "shape": [1], "datatype": "FP32", "data": [1]}], "outputs": [{"name": "b",}]}',
      'GATE-MALFORMED',
    ],
  ])('%s', async (_name, path, body, rule) => {
    await send(gate.port, path, { method: 'POST', headers: JSON_TYPE, body });
    expect(gate.events.at(-1)?.refusal.rule).toBe(rule);
    expect(gate.seen).toEqual([]);
  });

  test('a tensor of unknown size has to be in the JSON', async () => {
    const head = '{"inputs":[{"name":"a","shape":[-1],"datatype":"FP32","parameters":{"binary_data_size":8}}]}';
    await send(gate.port, '/v2/models/m/infer', {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream', 'Inference-Header-Content-Length': String(head.length) },
      body: Buffer.concat([Buffer.from(head), Buffer.alloc(8)]),
    });
    expect(gate.events.at(-1)?.refusal.rule).toBe('GATE-TENSOR');
  });
});
