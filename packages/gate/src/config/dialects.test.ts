import { describe, expect, test } from 'vitest';
import { compileSchema, type SchemaCheck } from '../inspect/schema.ts';
import { Refused } from '../model/rules.ts';
import { DIALECTS, type Operation } from './dialects.ts';

type Dialect = keyof typeof DIALECTS;

function operation(dialect: Dialect, name: string): Operation {
  const found = DIALECTS[dialect].find((one) => one.name === name);
  if (found === undefined) throw new TypeError(`${dialect} has no ${name}`);
  return found;
}

const checks = new Map<object, SchemaCheck>();

/** Whether a request fits the schema of an operation. */
function fits(dialect: Dialect, name: string, request: unknown): boolean {
  const { schema } = operation(dialect, name);
  if (schema === null) throw new TypeError(`${name} has no schema`);
  const check = checks.get(schema) ?? compileSchema(schema);
  checks.set(schema, check);
  try {
    check(request, 'p');
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return false;
  }
}

test('operations of one dialect differ in name and path, and those with bodies are posted', () => {
  for (const operations of Object.values<readonly Operation[]>(DIALECTS)) {
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
    for (const { methods, contentTypes, schema, upgrades } of operations)
      if (schema !== null)
        expect([methods, contentTypes.length > 0]).toEqual([[upgrades === true ? 'GET' : 'POST'], true]);
  }
});

// As vLLM's examples/online_serving/openai_realtime_client.py sends them.
test.each([
  [{ type: 'session.update', model: 'mistralai/Voxtral-Mini-4B-Realtime-2602' }, true],
  [{ type: 'input_audio_buffer.append', audio: 'AAAA' }, true],
  [{ type: 'input_audio_buffer.commit' }, true],
  [{ type: 'input_audio_buffer.commit', final: true }, true],
  [{ type: 'input_audio_buffer.append', audio: ['AAAA'] }, false],
  [{ type: 'input_audio_buffer.append' }, false],
  [{ type: 'session.update', model: 'm', code: 'x' }, false],
  [{ type: 'response.create' }, false],
  [['input_audio_buffer.commit'], false],
])('an event of a realtime session of vLLM: %j fits: %s', (event, expected) =>
  expect(fits('vllm', 'realtime', event)).toBe(expected),
);

describe('an inference request of version 2', () => {
  const input = { name: 'x', shape: [1], datatype: 'INT8', data: [1] };
  const good = { inputs: [input] };
  test.each([
    [good, true],
    [{ ...good, id: null, model_name: null, parameters: { a: 1, b: { c: 'x' } }, outputs: null }, true],
    [{ ...good, outputs: [{ name: 'y', parameters: null, shape: [-5], datatype: null }] }, true],
    [{ inputs: [{ ...input, shape: -1, parameters: null }] }, true],
    [{ inputs: [{ ...input, shape: [-1, 2] }] }, true],
    [{ inputs: [] }, false],
    [{}, false],
    [{ ...good, other: 1 }, false],
    [{ inputs: [{ ...input, other: 1 }] }, false],
    [{ inputs: [{ ...input, shape: [-2] }] }, false],
    [{ inputs: [{ ...input, shape: [1.5] }] }, false],
    [{ inputs: [{ ...input, datatype: null }] }, false],
    [{ inputs: [{ name: 'x', shape: [1] }] }, false],
    [{ inputs: [{ shape: [1], datatype: 'INT8' }] }, false],
    [{ ...good, parameters: { a: { b: { c: 1 } } } }, false],
    [{ ...good, parameters: { a: [1] } }, false],
    [{ ...good, outputs: [{}] }, false],
    [{ ...good, outputs: [{ name: 'y', other: 1 }] }, false],
  ])('%j: %s', (request, expected) => {
    for (const dialect of ['kserve-v2', 'triton', 'mlserver'] as const) {
      for (const name of ['infer', 'infer-version']) expect(fits(dialect, name, request)).toBe(expected);
    }
  });

  test('each server has its paths and types', () => {
    expect(operation('triton', 'infer').contentTypes).toHaveLength(3);
    expect(operation('kserve-v2', 'infer').contentTypes).toEqual(['application/json', 'application/octet-stream']);
    expect(operation('mlserver', 'infer').contentTypes).toEqual(['application/json']);
    expect(operation('triton', 'generate').protocol).toBe('json');
    expect(operation('mlserver', 'generate').protocol).toBe('v2-infer');
    expect(operation('triton', 'infer-version').path).toBe('/v2/models/{model}/versions/{version}/infer');
    expect(DIALECTS['kserve-v2'].map(({ name }) => name)).toEqual([
      'server',
      'live',
      'ready',
      'model',
      'model-version',
      'model-ready',
      'model-version-ready',
      'infer',
      'infer-version',
    ]);
    const [first] = DIALECTS['kserve-v2'];
    expect(first).toMatchObject({ methods: ['GET', 'HEAD'], contentTypes: [], schema: null });
  });
});

test.each([
  [{ text_input: 'a' }, true],
  [{ text_input: ['a'], stream: true, x: [1, 'b', null] }, true],
  [{ text_input: 1 }, false],
  [{}, false],
  [{ text_input: 'a', x: {} }, false],
  [{ text_input: 'a', x: [[1]] }, false],
])('generate of Triton: %j: %s', (request, expected) => {
  for (const name of ['generate', 'generate-version', 'generate_stream'])
    expect(fits('triton', name, request)).toBe(expected);
});

describe('a chat', () => {
  const message = { role: 'user', content: 'hi' };
  const good = { model: 'm', messages: [message] };
  test.each([
    [good, true],
    [
      {
        ...good,
        temperature: null,
        stop: ['a'],
        n: 1,
        logit_bias: { a: 0.5 },
        stream_options: { include_usage: true },
      },
      true,
    ],
    [{ ...good, tools: [{ type: 'function', function: { a: 1 } }], tool_choice: 'auto' }, true],
    [
      {
        ...good,
        messages: [
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ type: 'function', function: { name: 'f', arguments: '{}' } }],
          },
        ],
      },
      true,
    ],
    [
      {
        ...good,
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'a' },
              { type: 'image_url', image_url: { url: 'u' } },
            ],
          },
        ],
      },
      true,
    ],
    [{ ...good, messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'a' } }] }] }, true],
    [{ ...good, response_format: { type: 'json_schema', json_schema: { a: 1 } } }, true],
    [{ ...good, messages: [] }, false],
    [{ messages: [message] }, false],
    [{ model: 'm' }, false],
    [{ ...good, other: 1 }, false],
    [{ ...good, n: 1.5 }, false],
    [{ ...good, temperature: 'x' }, false],
    [{ ...good, messages: [{ content: 'a' }] }, false],
    [{ ...good, messages: [{ role: 'root', content: 'a' }] }, false],
    [{ ...good, messages: [{ ...message, other: 1 }] }, false],
    [{ ...good, messages: [{ role: 'user', content: [{ type: 'text' }] }] }, false],
    [{ ...good, messages: [{ role: 'user', content: [{ type: 'pickle', text: 'a' }] }] }, false],
    [{ ...good, messages: [{ role: 'user', content: [{ type: 'text', text: 'a', url: 'b' }] }] }, false],
    [{ ...good, messages: [{ role: 'user', content: [{ type: 'image_url', image_url: {} }] }] }, false],
    [{ ...good, messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'a' } }] }] }, false],
    [{ ...good, messages: [{ ...message, tool_calls: [{ function: { name: 'f', arguments: '' } }] }] }, false],
    [{ ...good, messages: [{ ...message, tool_calls: [{ type: 'f', function: { name: 'f' } }] }] }, false],
    [{ ...good, metadata: { a: 1 } }, false],
    [{ ...good, tools: [{ function: {} }] }, false],
    [{ ...good, logit_bias: { a: 'x' } }, false],
  ])('%j: %s', (request, expected) => {
    const [chat] = DIALECTS['openai-chat'].filter(({ schema }) => schema !== null);
    expect(fits('openai-chat', chat?.name ?? '', request)).toBe(expected);
  });
});

test.each([
  [{ model: 'm', input: 'a' }, true],
  [{ model: 'm', input: ['a', 'b'] }, true],
  [{ model: 'm', input: [1, 2] }, true],
  [{ model: 'm', input: [[1], [2]], encoding_format: 'base64', dimensions: 3 }, true],
  [{ model: 'm', input: ['a', 1] }, false],
  [{ model: 'm', input: {} }, false],
  [{ model: 'm' }, false],
  [{ input: 'a' }, false],
  [{ model: 'm', input: 'a', encoding_format: 'pickle' }, false],
  [{ model: 'm', input: 'a', x: 1 }, false],
])('embeddings: %j: %s', (request, expected) => {
  const [embeddings] = DIALECTS['openai-embeddings'].filter(({ schema }) => schema !== null);
  expect(fits('openai-embeddings', embeddings?.name ?? '', request)).toBe(expected);
});

test.each([
  [{ instances: [1, { a: 2 }] }, true],
  [{ inputs: { a: 1 }, signature_name: 's', parameters: { x: [1] } }, true],
  [{ instances: 1 }, false],
  [{ instances: [], other: 1 }, false],
  [[], false],
])('version 1 of KServe: %j: %s', (request, expected) => {
  const posts = DIALECTS['kserve-v1'].filter(({ schema }) => schema !== null);
  expect(posts.length).toBeGreaterThan(0);
  for (const { name } of posts) expect(fits('kserve-v1', name, request)).toBe(expected);
});

describe('vLLM', () => {
  const message = { role: 'user', content: 'hello' };
  test.each<[string, unknown, boolean]>([
    [
      'chat',
      { model: 'm', messages: [message], cache_salt: 's', kv_transfer_params: { do_remote_decode: true } },
      true,
    ],
    ['chat', { model: 'm', messages: [message], vllm_xargs: { a: 1, b: ['c'] }, media_io_kwargs: { video: {} } }, true],
    ['chat', { model: 'm', messages: [message], chat_template_kwargs: { enable_thinking: false } }, true],
    ['chat', { model: 'm', messages: [message], chat_template_kwargs: { chat_template: '{{ x }}' } }, false],
    ['chat', { model: 'm', messages: [message], chat_template: '{{ x }}' }, false],
    ['chat', { model: 'm', messages: [message], logits_processors: ['os.system'] }, false],
    ['completions', { model: 'm', prompt: 'a', prompt_embeds: 'x' }, false],
    ['responses', { model: 'm', input: 'hello', max_output_tokens: 5, cache_salt: 's' }, true],
    ['responses', { model: 'm', input: [{ role: 'user', content: [] }], tools: [{ type: 'function' }] }, true],
    ['responses', { model: 'm' }, false],
    [
      'messages',
      { model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'hello' }], system: 'be short' },
      true,
    ],
    ['messages', { model: 'm', messages: [], other: 1 }, false],
    ['count-tokens', { model: 'm', messages: [{ role: 'user', content: 'hello' }] }, true],
    ['rerank', { model: 'm', query: 'a', documents: ['b', 'c'], top_n: 1 }, true],
    ['rerank-v1', { model: 'm', query: 'a' }, false],
    ['score', { model: 'm', text_1: 'a', text_2: ['b'] }, true],
    ['score-v1', { model: 'm', queries: 'a', documents: ['b'] }, true],
    ['pooling', { model: 'm', input: 'a', task: 'token_embed', encoding_format: 'float' }, true],
    ['pooling', { model: 'm', messages: [message], chat_template: 'x' }, false],
    ['classify', { model: 'm', input: ['a'] }, true],
    ['embeddings', { model: 'm', input: 'a', truncate_prompt_tokens: -1, normalize: true }, true],
    ['tokenize', { model: 'm', prompt: 'a', return_token_strs: true }, true],
    ['tokenize', { model: 'm', messages: [message], add_generation_prompt: true }, true],
    ['detokenize', { model: 'm', tokens: [1, 2] }, true],
    ['detokenize', { model: 'm', tokens: ['a'] }, false],
  ])('%s: %j: %s', (name, request, expected) => expect(fits('vllm', name, request)).toBe(expected));
});
