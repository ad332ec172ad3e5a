import type { Documented } from './documented.ts';
import { multipart } from './disguises.ts';

/**
 * Requests to the routes that vLLM has besides OpenAI's first ones, as its documentation shows them (main, read on
 * 2026-11-23; the model and the key are filled in where the page has variables). Bodies of curl are byte for byte those of
 * the page; those of Python as `requests` or the client of OpenAI or Anthropic writes them. `/tokenize`, `/detokenize` and
 * `kv_transfer_params` have no request on a page: the fields are those of the protocol's classes and of the proxy that the
 * page names.
 */
const MODEL = 'Qwen/Qwen3-8B';
const KEY = { Authorization: 'Bearer token-abc123' };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const NONE = Buffer.alloc(0);

const at =
  (page: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  (name: string, body: string): Documented => ({
    dialect: 'vllm',
    page: `vllm-project/vllm: ${page}`,
    name,
    method: 'POST',
    path,
    headers: { ...JSON_TYPE, ...headers },
    body: Buffer.from(body),
  });
const bare = (page: string, name: string, method: 'GET' | 'POST', path: string): Documented => ({
  dialect: 'vllm',
  page: `vllm-project/vllm: ${page}`,
  name,
  method,
  path,
  headers: KEY,
  body: NONE,
});

const RESPONSES = 'docs/serving/online_serving/responses_api.md';
const response = at(RESPONSES, '/v1/responses', KEY);
/** The pages begin each body like this. */
const asked = (rest: string): string => `{\n    "model": "${MODEL}",\n${rest}\n  }`;

const responses: readonly Documented[] = [
  response('a text', asked('    "input": "What is the capital of France?"')),
  response(
    'messages',
    asked(`    "input": [
      {
        "type": "message",
        "role": "user",
        "content": "Explain quantum entanglement in one sentence."
      }
    ]`),
  ),
  response(
    'an image',
    asked(`    "input": [
      {
        "type": "message",
        "role": "user",
        "content": [
          {"type": "input_text", "text": "Describe this image."},
          {"type": "input_image", "image_url": "https://example.com/photo.jpg",
           "detail": "auto"}
        ]
      }
    ]`),
  ),
  response(
    'instructions',
    asked(`    "instructions": "You are a concise assistant. Reply in one sentence.",
    "input": "What is 2 + 2?"`),
  ),
  response(
    'generation controls',
    asked(`    "input": "Write a haiku about autumn.",
    "temperature": 0.7,
    "top_p": 0.9,
    "max_output_tokens": 60,
    "seed": 42`),
  ),
  response(
    'all generation controls of the table, with their defaults',
    JSON.stringify({
      model: MODEL,
      input: 'a',
      temperature: 1.0,
      top_p: 1.0,
      top_k: 0,
      max_output_tokens: 100,
      max_tool_calls: null,
      presence_penalty: 0.0,
      frequency_penalty: 0.0,
      repetition_penalty: 1.0,
      seed: null,
      stop: [],
      truncation: 'disabled',
      parallel_tool_calls: true,
      tool_choice: 'auto',
    }),
  ),
  response('a stream', asked('    "input": "Count to five.",\n    "stream": true')),
  response(
    'a function',
    asked(`    "input": "What is the weather in Paris?",
    "tools": [
      {
        "type": "function",
        "name": "get_weather",
        "description": "Return current weather for a city.",
        "parameters": {
          "type": "object",
          "properties": {
            "city": {"type": "string", "description": "City name"}
          },
          "required": ["city"],
          "additionalProperties": false
        },
        "strict": true
      }
    ],
    "tool_choice": "auto",
    "store": true`),
  ),
  response(
    'what a function gave',
    asked(`    "previous_response_id": "resp_0123456789abcdef",
    "input": [
      {
        "type": "function_call_output",
        "call_id": "call_0123456789abcdef",
        "output": "{\\"temperature\\": 18, \\"unit\\": \\"C\\", \\"condition\\": \\"Cloudy\\"}"
      }
    ],
    "store": true`),
  ),
  response(
    'a tool of the server',
    asked(`    "input": "Compute the factorial of 10 in Python.",
    "tools": [{"type": "code_interpreter", "container": {"type": "auto"}}]`),
  ),
  response(
    'a server of tools',
    asked(`    "input": "List files in the repository.",
    "tools": [
      {
        "type": "mcp",
        "server_label": "repo_browser",
        "server_url": "https://mcp.example.com/repo",
        "allowed_tools": ["list_files", "read_file"]
      }
    ]`),
  ),
  response(
    'reasoning',
    asked(`    "input": "Prove that the square root of 2 is irrational.",
    "reasoning": {"effort": "high"},
    "include_reasoning": true`),
  ),
  response(
    'probabilities',
    asked(`    "input": "Name a color.",
    "include": ["message.output_text.logprobs"],
    "top_logprobs": 5`),
  ),
  response(
    'an earlier conversation',
    asked(`    "previous_input_messages": [
      {"role": "user", "content": [{"type": "text", "text": "My name is Bob."}]},
      {"role": "assistant", "content": [{"type": "text", "text": "Hello Bob!"}]}
    ],
    "input": "What is my name?"`),
  ),
  response(
    'in the background',
    asked(`    "input": "Summarise the history of computing.",
    "store": true,
    "background": true`),
  ),
  bare(RESPONSES, 'a response that is stored', 'GET', '/v1/responses/resp_0123456789abcdef'),
  bare(RESPONSES, 'its events', 'GET', '/v1/responses/resp_0123456789abcdef?stream=true&starting_after=0'),
  bare(RESPONSES, 'its end', 'POST', '/v1/responses/resp_0123456789abcdef/cancel'),
];

const ANTHROPIC = 'docs/serving/online_serving/anthropic_compatible_server.md';
const VERSION = { ...KEY, 'anthropic-version': '2023-06-01' };
const message = at(ANTHROPIC, '/v1/messages', VERSION);
const SKY = '"messages":[{"role":"user","content":"Why is the sky blue?"}]';

const messages: readonly Documented[] = [
  message(
    'a message',
    `{
        "model": "local-model",
        "max_tokens": 128,
        "messages": [
            {"role": "user", "content": "Why is the sky blue?"}
        ]
    }`,
  ),
  message(
    'a stream',
    '{"max_tokens":128,"messages":[{"role":"user","content":"Count from one to five."}],"model":"local-model","stream":true}',
  ),
  at(ANTHROPIC, '/v1/messages/count_tokens', VERSION)('how many tokens', `{${SKY},"model":"local-model"}`),
  message(
    "vLLM's own fields, as the page lists them",
    `{${SKY},"model":"local-model","max_tokens":128,"cache_salt":"your-cache-salt","chat_template_kwargs":{"enable_thinking":false},"vllm_xargs":{"your_custom_arg":67},"kv_transfer_params":{"do_remote_decode":true},"ec_transfer_params":{"image":[]}}`,
  ),
];

const SCORING = 'docs/models/pooling_models/scoring.md';
const ACCEPT = { accept: 'application/json' };
const CAPITALS = `[
    "The capital of Brazil is Brasilia.",
    "The capital of France is Paris."
  ]`;
const PICTURE =
  '{"content": [{"type": "image_url", "image_url": {"url": "https://raw.githubusercontent.com/jina-ai/multimodal-reranker-test/main/handelsblatt-preview.png"}}]}';
const RERANK = `{
  "model": "BAAI/bge-reranker-base",
  "query": "What is the capital of France?",
  "documents": [
    "The capital of Brazil is Brasilia.",
    "The capital of France is Paris.",
    "Horses and cows are both animals"
  ]
}`;

const scoring: readonly Documented[] = [
  at(
    SCORING,
    '/score',
    ACCEPT,
  )(
    'a pair',
    `{
  "model": "BAAI/bge-reranker-v2-m3",
  "encoding_format": "float",
  "queries": "What is the capital of France?",
  "documents": "The capital of France is Paris."
}`,
  ),
  at(
    SCORING,
    '/score',
    ACCEPT,
  )(
    'one with many',
    `{
  "model": "BAAI/bge-reranker-v2-m3",
  "queries": "What is the capital of France?",
  "documents": ${CAPITALS}
}`,
  ),
  at(
    SCORING,
    '/v1/score',
    ACCEPT,
  )(
    'many with many',
    `{
  "model": "BAAI/bge-reranker-v2-m3",
  "encoding_format": "float",
  "queries": [
    "What is the capital of Brazil?",
    "What is the capital of France?"
  ],
  "documents": ${CAPITALS}
}`,
  ),
  at(SCORING, '/v1/score')(
    'images',
    `{"model": "jinaai/jina-reranker-m0", "queries": "slm markdown", "documents": [${PICTURE}, ${PICTURE}]}`,
  ),
  ...['/rerank', '/v1/rerank', '/v2/rerank'].map((path) => at(SCORING, path, ACCEPT)(`documents at ${path}`, RERANK)),
];

const EMBED = 'docs/models/pooling_models/embed.md';
const pooling: readonly Documented[] = [
  at('docs/models/pooling_models/pooling.md', '/pooling')(
    'prompts',
    '{"model": "intfloat/e5-small", "input": ["Hello, my name is", "The president of the United States is", "The capital of France is", "The future of AI is"], "task": "embed"}',
  ),
  at('docs/models/pooling_models/classify.md', '/classify')(
    'texts',
    `{
    "model": "jason9693/Qwen2.5-1.5B-apeach",
    "input": [
      "Loved the new café—coffee was great.",
      "This update broke everything. Frustrating."
    ]
  }`,
  ),
  at(
    EMBED,
    '/v1/embeddings',
    ACCEPT,
  )(
    'fewer dimensions',
    `{
    "input": "Follow the white rabbit.",
    "model": "jinaai/jina-embeddings-v3",
    "encoding_format": "float",
    "dimensions": 32
  }`,
  ),
  at(EMBED, '/v2/embed')(
    'texts, as Cohere has them',
    `{
    "model": "Snowflake/snowflake-arctic-embed-m-v1.5",
    "input_type": "query",
    "texts": ["Hello world", "How are you?"],
    "embedding_types": ["float"]
  }`,
  ),
  at(EMBED, '/v2/embed')(
    'an image, as Cohere has it',
    `{
    "model": "google/siglip-so400m-patch14-384",
    "inputs": [
      {
        "content": [
          {"type": "text", "text": "A photo of a cat"},
          {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
        ]
      }
    ],
    "embedding_types": ["float"]
  }`,
  ),
];

const TOKENIZE = 'vllm/entrypoints/serve/tokenize/protocol.py';
const others: readonly Documented[] = [
  at(TOKENIZE, '/tokenize')(
    'a prompt',
    `{"model": "${MODEL}", "prompt": "Hello world", "add_special_tokens": true, "return_token_strs": false}`,
  ),
  at(TOKENIZE, '/tokenize')(
    'a chat',
    `{"model": "${MODEL}", "messages": [{"role": "user", "content": "Hello world"}], "add_generation_prompt": true, "return_token_strs": null, "continue_final_message": false, "add_special_tokens": false, "chat_template_kwargs": null, "mm_processor_kwargs": null, "tools": null}`,
  ),
  at(TOKENIZE, '/detokenize')('tokens', `{"model": "${MODEL}", "tokens": [9707, 1879]}`),
  at('docs/design/prefix_caching.md', '/v1/chat/completions')(
    'cache_salt, and no model',
    `{
  "messages": [
    {"role": "system", "content": "You are a helpful assistant."},
    {"role": "user", "content": "Here is a document with details about the world series: ..."},
    {"role": "user", "content": "Who won the world series in 2020?"}
  ],
  "cache_salt": "your-cache-salt"
}`,
  ),
  at('docs/features/custom_arguments.md', '/v1/completions')(
    'vllm_xargs, with a prompt where the page has dots',
    `{
        "model": "Qwen/Qwen2.5-1.5B-Instruct",
        "prompt": "Hello",
        "vllm_xargs": {"your_custom_arg": 67}
    }`,
  ),
  at(
    'tests/v1/kv_connector/nixl_integration/toy_proxy_server.py',
    '/v1/completions',
    KEY,
  )(
    'kv_transfer_params, as the proxy asks the one that fills the cache',
    '{"model":"Qwen/Qwen3-0.6B","prompt":"San Francisco is a","max_tokens":1,"stream":false,"kv_transfer_params":{"do_remote_decode":true,"do_remote_prefill":false,"remote_engine_id":null,"remote_block_ids":null,"remote_host":null,"remote_port":null}}',
  ),
];

const BOUNDARY = '------------------------d74496d66958873e';
/** An MP3 begins with a tag of ID3; noise stands for its frames. */
const MP3 = Buffer.concat([
  Buffer.from('ID3\x04\0\0\0\0\0\x23', 'latin1'),
  Buffer.from(Array.from({ length: 40_000 }, (_, i) => (i * i * 31 + (i >> 3)) & 0xff)),
]);
/** A form as curl sends it. */
const form = (fields: Readonly<Record<string, string>>): Buffer =>
  multipart(
    [
      {
        headers: ['Content-Disposition: form-data; name="file"; filename="audio.mp3"', 'Content-Type: audio/mpeg'],
        body: MP3,
      },
      ...Object.entries(fields).map(([name, value]) => ({
        headers: [`Content-Disposition: form-data; name="${name}"`],
        body: Buffer.from(value),
      })),
    ],
    BOUNDARY,
  );
const speech = (name: string, path: string, fields: Readonly<Record<string, string>>): Documented => ({
  dialect: 'vllm',
  page: 'vllm-project/vllm: docs/serving/online_serving/speech_to_text.md',
  name,
  method: 'POST',
  path,
  headers: { ...KEY, 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
  body: form(fields),
});
const WHISPER = 'openai/whisper-large-v3-turbo';

export const VLLM: readonly Documented[] = [
  ...responses,
  ...messages,
  ...scoring,
  ...pooling,
  ...others,
  speech('a transcription', '/v1/audio/transcriptions', {
    model: WHISPER,
    language: 'en',
    response_format: 'verbose_json',
  }),
  speech('a translation', '/v1/audio/translations', { model: 'openai/whisper-small', response_format: 'json' }),
];
