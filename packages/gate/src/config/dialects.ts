import type { Protocol } from '../model/route-policy.js';

/** One operation of a protocol that model servers speak. */
export interface Operation {
  readonly name: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly contentTypes: readonly string[];
  readonly protocol: Protocol;
  readonly schema: Readonly<Record<string, unknown>> | null;
  /** It is opened by a GET and carries WebSocket messages, each of which fits the schema. */
  readonly upgrades?: true;
}

const JSON_TYPE = ['application/json'];
const scalar = { type: ['string', 'number', 'boolean', 'null'] };
const text = { type: 'string' };
const number = { type: 'number' };
const integer = { type: 'integer' };
const flag = { type: 'boolean' };
const anything = {};
/** Maps whose keys are the caller's. */
const freeMap = { type: 'object', additionalProperties: true };
const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
const list = (items: object, more: object = {}): object => ({ type: 'array', items, ...more });
const map = (properties: Readonly<Record<string, object>>, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
  additionalProperties: false,
});
/** Fields that may be left out or be null. */
const optional = (properties: Readonly<Record<string, object>>): Record<string, object> =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, orNull(schema)]));

const PARAMETERS = {
  type: 'object',
  additionalProperties: { anyOf: [scalar, { type: 'object', additionalProperties: scalar }] },
};

/** -1 stands for a size that is not known, and TorchServe's examples have a number alone for a shape of one. */
const SIZE = { type: 'integer', minimum: -1 };

/**
 * KServe's "Predict Protocol - Version 2", `$inference_request`; Triton's extensions keep to its parameters. MLServer's
 * client writes null for what is not there; `model_name` is in Triton's own examples.
 */
const INFER_REQUEST = map(
  {
    ...optional({ id: text, model_name: text, model_version: text, parameters: PARAMETERS }),
    inputs: list(
      map(
        {
          name: text,
          shape: { anyOf: [list(SIZE), SIZE] },
          datatype: { type: 'string' },
          parameters: orNull(PARAMETERS),
          data: anything,
        },
        ['name', 'shape', 'datatype'],
      ),
      { minItems: 1 },
    ),
    outputs: orNull(
      list(
        map(
          {
            name: text,
            ...optional({ parameters: PARAMETERS, shape: list({ type: 'integer' }), datatype: text }),
            data: anything,
          },
          ['name'],
        ),
      ),
    ),
  },
  ['inputs'],
) as Record<string, unknown>;

/** Triton's "Generate Extension": further fields are parameters or tensors, by what the model says. */
const GENERATE_REQUEST: Readonly<Record<string, unknown>> = {
  type: 'object',
  properties: { text_input: { anyOf: [text, list(text)] }, parameters: PARAMETERS },
  required: ['text_input'],
  additionalProperties: { anyOf: [scalar, list(scalar)] },
};

/** KServe's version 1, which is TensorFlow Serving's REST API: rows or columns, in any form of the model. */
const V1_REQUEST = map({
  instances: { type: 'array' },
  inputs: anything,
  signature_name: text,
  parameters: freeMap,
}) as Record<string, unknown>;

const listing = (name: string, path: string, methods: readonly string[] = ['GET', 'HEAD']): Operation => ({
  name,
  methods,
  path,
  contentTypes: [],
  protocol: 'plain',
  schema: null,
});

function v2(server: 'kserve-v2' | 'triton' | 'mlserver'): Operation[] {
  const post = (name: string, path: string, protocol: Protocol, schema: Operation['schema']): Operation => ({
    name,
    methods: ['POST'],
    path,
    contentTypes: V2_TYPES[server],
    protocol,
    schema,
  });
  const infer = (verb: string): Operation[] => [
    post(verb, `/v2/models/{model}/${verb}`, 'v2-infer', INFER_REQUEST),
    post(`${verb}-version`, `/v2/models/{model}/versions/{version}/${verb}`, 'v2-infer', INFER_REQUEST),
  ];
  const generate = (verb: string): Operation[] => [
    post(verb, `/v2/models/{model}/${verb}`, 'json', GENERATE_REQUEST),
    post(`${verb}-version`, `/v2/models/{model}/versions/{version}/${verb}`, 'json', GENERATE_REQUEST),
  ];
  return [
    listing('server', '/v2'),
    listing('live', '/v2/health/live'),
    listing('ready', '/v2/health/ready'),
    listing('model', '/v2/models/{model}'),
    listing('model-version', '/v2/models/{model}/versions/{version}'),
    listing('model-ready', '/v2/models/{model}/ready'),
    listing('model-version-ready', '/v2/models/{model}/versions/{version}/ready'),
    ...infer('infer'),
    ...(server === 'triton' ? [...generate('generate'), ...generate('generate_stream')] : []),
    ...(server === 'mlserver' ? [...infer('infer_stream'), ...infer('generate'), ...infer('generate_stream')] : []),
  ];
}

/** Triton reads JSON with any content type, and its examples leave the type to curl. MLServer has no binary extension. */
const V2_TYPES = {
  'kserve-v2': ['application/json', 'application/octet-stream'],
  triton: ['application/json', 'application/octet-stream', 'application/x-www-form-urlencoded'],
  mlserver: JSON_TYPE,
};

/** The end of the cached part of a prompt; any part may be marked so. */
const CACHE = { prompt_cache_breakpoint: map({ mode: text, ttl: text }, ['mode']) };
const TEXT_PART = map({ type: { const: 'text' }, text, ...CACHE }, ['type', 'text']);
const CONTENT = {
  anyOf: [
    text,
    { type: 'null' },
    list({
      anyOf: [
        TEXT_PART,
        map({ type: { const: 'refusal' }, refusal: text }, ['type', 'refusal']),
        map({ type: { const: 'image_url' }, image_url: map({ url: text, detail: text }, ['url']), ...CACHE }, [
          'type',
          'image_url',
        ]),
        map(
          {
            type: { const: 'input_audio' },
            input_audio: map({ data: text, format: text }, ['data', 'format']),
            ...CACHE,
          },
          ['type', 'input_audio'],
        ),
        map(
          {
            type: { const: 'file' },
            file: map(optional({ file_data: text, file_id: text, filename: text })),
            ...CACHE,
          },
          ['type', 'file'],
        ),
      ],
    }),
  ],
};
const TOOL_CALL = map(
  {
    id: text,
    type: text,
    index: integer,
    function: map({ name: text, arguments: text }, ['name', 'arguments']),
    custom: map({ name: text, input: text }, ['name', 'input']),
  },
  ['type'],
);
const STOP = { anyOf: [text, list(text), { type: 'null' }] };
const SAMPLING = optional({
  temperature: number,
  top_p: number,
  n: integer,
  stream: flag,
  stream_options: map(optional({ include_usage: flag, include_obfuscation: flag })),
  max_tokens: integer,
  presence_penalty: number,
  frequency_penalty: number,
  logit_bias: { type: 'object', additionalProperties: number },
  user: text,
  seed: integer,
});

/** Whether a request has to name a model: vLLM, which serves one, takes it for granted. */
interface Model {
  readonly schema: object;
  readonly required: readonly string[];
}
const NAMED: Model = { schema: text, required: ['model'] };
const SERVED: Model = { schema: orNull(text), required: [] };

/** OpenAI's "Create chat completion". Extra fields of other servers need a route of their own with its schema, or a dialect. */
const chatRequest = (
  content: object,
  more: Readonly<Record<string, object>>,
  model: Model = NAMED,
): Record<string, unknown> =>
  map(
    {
      ...optional(more),
      model: model.schema,
      messages: list(
        map(
          {
            role: { enum: ['developer', 'system', 'user', 'assistant', 'tool', 'function'] },
            content,
            ...optional({
              name: text,
              refusal: text,
              tool_call_id: text,
              tool_calls: list(TOOL_CALL),
              function_call: map({ name: text, arguments: text }, ['name', 'arguments']),
              audio: map({ id: text }, ['id']),
              // Part of an answer, which clients send back as the turn that it was.
              annotations: list(freeMap),
            }),
          },
          ['role'],
        ),
        { minItems: 1 },
      ),
      ...SAMPLING,
      stop: STOP,
      ...optional({
        max_completion_tokens: integer,
        logprobs: flag,
        top_logprobs: integer,
        parallel_tool_calls: flag,
        store: flag,
        metadata: { type: 'object', additionalProperties: text },
        modalities: list(text),
        audio: map({ voice: { anyOf: [text, map({ id: text }, ['id'])] }, format: text }, ['voice', 'format']),
        reasoning_effort: text,
        verbosity: text,
        service_tier: text,
        safety_identifier: text,
        prompt_cache_key: text,
        prompt_cache_options: map({ mode: text, ttl: text }),
        prompt_cache_retention: text,
        moderation: map({ model: text, policy: freeMap }, ['model']),
        prediction: map({ type: text, content: CONTENT }, ['type', 'content']),
        web_search_options: freeMap,
        response_format: map({ type: text, json_schema: freeMap }, ['type']),
        tools: list(map({ type: text, function: freeMap, custom: freeMap }, ['type'])),
        functions: list(freeMap),
      }),
      tool_choice: { anyOf: [text, freeMap, { type: 'null' }] },
      function_call: { anyOf: [text, freeMap, { type: 'null' }] },
    },
    [...model.required, 'messages'],
  ) as Record<string, unknown>;

const CHAT_REQUEST = chatRequest(CONTENT, {});

const TOKENS = { anyOf: [text, list(text), list(integer), list(list(integer))] };

const completionRequest = (more: Readonly<Record<string, object>>, model: Model = NAMED): Record<string, unknown> =>
  map(
    {
      ...optional(more),
      model: model.schema,
      prompt: TOKENS,
      ...SAMPLING,
      stop: STOP,
      ...optional({ best_of: integer, echo: flag, logprobs: integer, suffix: text }),
    },
    [...model.required, 'prompt'],
  ) as Record<string, unknown>;
const COMPLETION_REQUEST = completionRequest({});

const EMBEDDING_REQUEST = map(
  {
    model: text,
    input: TOKENS,
    ...optional({ encoding_format: { enum: ['float', 'base64'] }, dimensions: integer, user: text }),
  },
  ['model', 'input'],
) as Record<string, unknown>;

const VLLM_XARGS = { type: 'object', additionalProperties: { anyOf: [scalar, list(scalar)] } };

/**
 * What vLLM takes besides ("Extra Parameters", "Structured Outputs", sampling parameters). Not `chat_template`, which is a
 * program; not `image_embeds` and `prompt_embeds`, which are pickles that torch.load reads.
 */
const VLLM_EXTRAS: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    ['top_k', 'min_tokens', 'truncate_prompt_tokens', 'prompt_logprobs', 'priority'].map((name) => [name, integer]),
  ),
  ...Object.fromEntries(['min_p', 'repetition_penalty', 'length_penalty'].map((name) => [name, number])),
  ...Object.fromEntries(
    [
      'use_beam_search',
      'ignore_eos',
      'skip_special_tokens',
      'spaces_between_special_tokens',
      'include_stop_str_in_output',
      'add_generation_prompt',
      'continue_final_message',
      'add_special_tokens',
      'echo',
      'include_reasoning',
      'return_tokens_as_token_ids',
      'return_token_ids',
    ].map((name) => [name, flag]),
  ),
  stop_token_ids: list(integer),
  allowed_token_ids: list(integer),
  bad_words: list(text),
  structured_outputs: freeMap,
  guided_json: { anyOf: [text, freeMap] },
  guided_choice: list(text),
  guided_regex: text,
  guided_grammar: text,
  // The template itself may be given among its arguments.
  chat_template_kwargs: { ...freeMap, not: { required: ['chat_template'] } },
  mm_processor_kwargs: freeMap,
  media_io_kwargs: freeMap,
  request_id: text,
  cache_salt: text,
  kv_transfer_params: freeMap,
  ec_transfer_params: freeMap,
  vllm_xargs: VLLM_XARGS,
  thinking_token_budget: integer,
  logprob_token_ids: list(integer),
  repetition_detection: freeMap,
  documents: list(freeMap),
};

/** What any request to vLLM may have, whatever it asks for. */
const VLLM_COMMON = {
  ...optional({
    user: text,
    request_id: text,
    priority: integer,
    cache_salt: text,
    truncate_prompt_tokens: integer,
    add_special_tokens: flag,
    mm_processor_kwargs: freeMap,
  }),
};
/** How vLLM gives vectors back. */
const VLLM_VECTORS = optional({
  encoding_format: { enum: ['float', 'base64', 'bytes', 'bytes_only'] },
  dimensions: integer,
  embed_dtype: text,
  endianness: text,
  normalize: flag,
  use_activation: flag,
  activation: flag,
  softmax: flag,
});

/** A medium by its address, with the name under which it is cached. */
const medium = (type: string): object =>
  map({ type: { const: type }, [type]: orNull(map({ url: text, detail: text }, ['url'])), uuid: orNull(text) }, [
    'type',
    type,
  ]);
const VLLM_CONTENT = {
  anyOf: [
    ...CONTENT.anyOf,
    list({
      anyOf: [
        TEXT_PART,
        ...['image_url', 'video_url', 'audio_url'].map(medium),
        map(
          {
            type: { const: 'input_audio' },
            input_audio: orNull(map({ data: text, format: text }, ['data', 'format'])),
            uuid: orNull(text),
          },
          ['type', 'input_audio'],
        ),
      ],
    }),
  ],
};

/** Messages where others have a text, as chats have them. */
const VLLM_MESSAGES = {
  messages: list(map({ role: text, content: VLLM_CONTENT, ...optional({ name: text, tool_call_id: text }) }, ['role'])),
  ...optional({
    add_generation_prompt: flag,
    continue_final_message: flag,
    chat_template_kwargs: { ...freeMap, not: { required: ['chat_template'] } },
    tools: list(freeMap),
  }),
};
const VLLM_INPUT = { model: orNull(text), input: TOKENS, ...VLLM_COMMON, ...VLLM_VECTORS, ...optional(VLLM_MESSAGES) };
/** One text, a list of them, or content of several parts. */
const SCORED = { anyOf: [text, list({ anyOf: [text, freeMap] }), map({ content: list(freeMap) })] };
const SCORE_REQUEST = map({
  model: orNull(text),
  ...optional({ text_1: SCORED, text_2: SCORED, queries: SCORED, documents: SCORED, data_1: SCORED, data_2: SCORED }),
  ...VLLM_COMMON,
  ...VLLM_VECTORS,
}) as Record<string, unknown>;
const RERANK_REQUEST = map(
  { model: orNull(text), query: SCORED, documents: SCORED, top_n: orNull(integer), ...VLLM_COMMON, ...VLLM_VECTORS },
  ['query', 'documents'],
) as Record<string, unknown>;
const TOKENIZE_REQUEST = map({
  model: orNull(text),
  prompt: text,
  ...optional({ return_token_strs: flag }),
  ...VLLM_COMMON,
  ...VLLM_MESSAGES,
}) as Record<string, unknown>;
const DETOKENIZE_REQUEST = map({ model: orNull(text), tokens: list(integer) }, ['tokens']) as Record<string, unknown>;

/** Cohere's "Embed", which vLLM speaks. */
const COHERE_EMBED_REQUEST = map(
  {
    model: text,
    ...optional({
      input_type: text,
      texts: list(text),
      images: list(text),
      inputs: list(map({ content: VLLM_CONTENT }, ['content'])),
      embedding_types: list(text),
      output_dimension: integer,
      truncate: text,
    }),
  },
  ['model'],
) as Record<string, unknown>;

/** OpenAI's "Create a model response", with what vLLM adds. Items are of many types, which come with each version. */
const RESPONSES_REQUEST = map(
  {
    model: orNull(text),
    input: { anyOf: [text, list(freeMap)] },
    ...optional({
      background: flag,
      conversation: { anyOf: [text, freeMap] },
      include: list(text),
      instructions: text,
      max_output_tokens: integer,
      max_tool_calls: integer,
      metadata: { type: 'object', additionalProperties: text },
      parallel_tool_calls: flag,
      frequency_penalty: number,
      logit_bias: { type: 'object', additionalProperties: number },
      presence_penalty: number,
      previous_input_messages: list(freeMap),
      previous_response_id: text,
      prompt: freeMap,
      prompt_cache_key: text,
      reasoning: freeMap,
      safety_identifier: text,
      seed: integer,
      service_tier: text,
      store: flag,
      stream: flag,
      stream_options: freeMap,
      temperature: number,
      text: freeMap,
      tools: list(freeMap),
      top_logprobs: integer,
      top_p: number,
      truncation: text,
      user: text,
    }),
    tool_choice: { anyOf: [text, freeMap, { type: 'null' }] },
    stop: STOP,
    ...optional(VLLM_EXTRAS),
  },
  ['input'],
) as Record<string, unknown>;

/** Anthropic's "Create a Message", which vLLM speaks. */
const MESSAGES_REQUEST = map(
  {
    model: text,
    messages: list(map({ role: text, content: { anyOf: [text, list(freeMap)] } }, ['role', 'content'])),
    ...optional({
      max_tokens: integer,
      metadata: freeMap,
      stop_sequences: list(text),
      stream: flag,
      system: { anyOf: [text, list(freeMap)] },
      temperature: number,
      thinking: freeMap,
      tool_choice: freeMap,
      tools: list(freeMap),
      top_k: integer,
      top_p: number,
      output_config: freeMap,
      cache_salt: text,
      kv_transfer_params: freeMap,
      ec_transfer_params: freeMap,
      vllm_xargs: VLLM_XARGS,
      chat_template_kwargs: { ...freeMap, not: { required: ['chat_template'] } },
    }),
  },
  ['model', 'messages'],
) as Record<string, unknown>;

/** Speech is uploaded in a form. */
const speech = (name: string): Operation => ({
  name,
  methods: ['POST'],
  path: `/v1/audio/${name}`,
  contentTypes: ['multipart/form-data'],
  protocol: 'plain',
  schema: null,
});

const openai = (name: string, path: string, schema: Record<string, unknown>): Operation => ({
  name,
  methods: ['POST'],
  path,
  contentTypes: JSON_TYPE,
  protocol: 'plain',
  schema,
});
/** TorchServe's inference API. A handler says itself what it takes, so that there is no schema: bodies are inspected only. */
const PREDICTION_TYPES = [
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
  'image/*',
  'audio/*',
];

/** Examples of KServe's documentation leave the type to curl; servers read JSON with any content type. */
const v1 = (name: string, path: string): Operation => ({
  name,
  methods: ['POST'],
  path,
  contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
  protocol: 'json',
  schema: V1_REQUEST,
});

/** Events of a client in vLLM's protocol of realtime transcription (vllm/entrypoints/openai/realtime: protocol.py, connection.py). */
const REALTIME_EVENT = {
  anyOf: [
    map({ type: { const: 'session.update' }, model: text }, ['type', 'model']),
    map({ type: { const: 'input_audio_buffer.append' }, audio: text }, ['type', 'audio']),
    map({ type: { const: 'input_audio_buffer.commit' }, final: flag }, ['type']),
  ],
};

const prediction = (name: string, path: string): Operation => ({
  name,
  methods: ['POST', 'PUT'],
  path,
  contentTypes: PREDICTION_TYPES,
  protocol: 'plain',
  schema: null,
});

export const DIALECTS: Readonly<Record<DialectName, readonly Operation[]>> = {
  'kserve-v1': [
    listing('models', '/v1/models'),
    listing('model', '/v1/models/{model}'),
    v1('predict', '/v1/models/{model}:predict'),
    v1('explain', '/v1/models/{model}:explain'),
  ],
  'kserve-v2': v2('kserve-v2'),
  triton: v2('triton'),
  mlserver: v2('mlserver'),
  'openai-chat': [
    openai('chat', '/v1/chat/completions', CHAT_REQUEST),
    openai('completions', '/v1/completions', COMPLETION_REQUEST),
    listing('models', '/v1/models'),
    listing('model', '/v1/models/{model*}'),
  ],
  'openai-embeddings': [openai('embeddings', '/v1/embeddings', EMBEDDING_REQUEST)],
  vllm: [
    listing('health', '/health'),
    listing('version', '/version'),
    listing('models', '/v1/models'),
    openai('chat', '/v1/chat/completions', chatRequest(VLLM_CONTENT, VLLM_EXTRAS, SERVED)),
    openai('completions', '/v1/completions', completionRequest(VLLM_EXTRAS, SERVED)),
    openai('embeddings', '/v1/embeddings', map(VLLM_INPUT) as Record<string, unknown>),
    listing('model', '/v1/models/{model*}'),
    listing('ping', '/ping'),
    listing('load', '/load'),
    openai('responses', '/v1/responses', RESPONSES_REQUEST),
    listing('response', '/v1/responses/{id}'),
    listing('cancel-response', '/v1/responses/{id}/cancel', ['POST']),
    openai('messages', '/v1/messages', MESSAGES_REQUEST),
    openai('count-tokens', '/v1/messages/count_tokens', MESSAGES_REQUEST),
    openai('embed-v2', '/v2/embed', COHERE_EMBED_REQUEST),
    openai('pooling', '/pooling', map({ ...VLLM_INPUT, data: freeMap, task: orNull(text) }) as Record<string, unknown>),
    openai('classify', '/classify', map(VLLM_INPUT) as Record<string, unknown>),
    openai('score', '/score', SCORE_REQUEST),
    openai('score-v1', '/v1/score', SCORE_REQUEST),
    openai('rerank', '/rerank', RERANK_REQUEST),
    openai('rerank-v1', '/v1/rerank', RERANK_REQUEST),
    openai('rerank-v2', '/v2/rerank', RERANK_REQUEST),
    openai('tokenize', '/tokenize', TOKENIZE_REQUEST),
    openai('detokenize', '/detokenize', DETOKENIZE_REQUEST),
    speech('transcriptions'),
    speech('translations'),
    {
      name: 'realtime',
      methods: ['GET'],
      path: '/v1/realtime',
      contentTypes: JSON_TYPE,
      protocol: 'plain',
      schema: REALTIME_EVENT,
      upgrades: true,
    },
  ],
  torchserve: [
    listing('api', '/', ['OPTIONS']),
    listing('ping', '/ping'),
    prediction('predict', '/predictions/{model}'),
    prediction('predict-version', '/predictions/{model}/{version}'),
    prediction('explain', '/explanations/{model}'),
    prediction('workflow', '/wfpredict/{workflow}'),
  ],
};

export const DIALECT_NAMES = [
  'kserve-v1',
  'kserve-v2',
  'triton',
  'mlserver',
  'openai-chat',
  'openai-embeddings',
  'vllm',
  'torchserve',
] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];
