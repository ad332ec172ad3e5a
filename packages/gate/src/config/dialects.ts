import type { Protocol } from '../model/route-policy.js';

/** One operation of a protocol that model servers speak. */
export interface Operation {
  readonly name: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly contentTypes: readonly string[];
  readonly protocol: Protocol;
  readonly schema: Readonly<Record<string, unknown>> | null;
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

/** KServe's "Predict Protocol - Version 2", `$inference_request`; Triton's extensions keep to its parameters. */
const INFER_REQUEST = map(
  {
    id: text,
    parameters: PARAMETERS,
    inputs: list(
      map(
        {
          name: text,
          shape: list({ type: 'integer', minimum: 0 }),
          datatype: { type: 'string' },
          parameters: PARAMETERS,
          data: anything,
        },
        ['name', 'shape', 'datatype'],
      ),
      { minItems: 1 },
    ),
    outputs: list(
      map({ name: text, parameters: PARAMETERS, shape: list({ type: 'integer' }), datatype: text, data: anything }, [
        'name',
      ]),
    ),
  },
  ['inputs'],
) as Record<string, unknown>;

function v2(binary: boolean): Operation[] {
  const get = (name: string, path: string): Operation => ({
    name,
    methods: ['GET', 'HEAD'],
    path,
    contentTypes: [],
    protocol: 'plain',
    schema: null,
  });
  const infer = (name: string, path: string): Operation => ({
    name,
    methods: ['POST'],
    path,
    contentTypes: binary ? ['application/json', 'application/octet-stream'] : JSON_TYPE,
    protocol: 'v2-infer',
    schema: INFER_REQUEST,
  });
  return [
    get('server', '/v2'),
    get('live', '/v2/health/live'),
    get('ready', '/v2/health/ready'),
    get('model', '/v2/models/{model}'),
    get('model-version', '/v2/models/{model}/versions/{version}'),
    get('model-ready', '/v2/models/{model}/ready'),
    get('model-version-ready', '/v2/models/{model}/versions/{version}/ready'),
    infer('infer', '/v2/models/{model}/infer'),
    infer('infer-version', '/v2/models/{model}/versions/{version}/infer'),
  ];
}

const TEXT_PART = map({ type: { const: 'text' }, text }, ['type', 'text']);
const CONTENT = {
  anyOf: [
    text,
    { type: 'null' },
    list({
      anyOf: [
        TEXT_PART,
        map({ type: { const: 'refusal' }, refusal: text }, ['type', 'refusal']),
        map({ type: { const: 'image_url' }, image_url: map({ url: text, detail: text }, ['url']) }, [
          'type',
          'image_url',
        ]),
        map({ type: { const: 'input_audio' }, input_audio: map({ data: text, format: text }, ['data', 'format']) }, [
          'type',
          'input_audio',
        ]),
        map({ type: { const: 'file' }, file: map(optional({ file_data: text, file_id: text, filename: text })) }, [
          'type',
          'file',
        ]),
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

/** OpenAI's "Create chat completion". Extra fields of other servers need a route of their own with its schema. */
const CHAT_REQUEST = map(
  {
    model: text,
    messages: list(
      map(
        {
          role: { enum: ['developer', 'system', 'user', 'assistant', 'tool', 'function'] },
          content: CONTENT,
          ...optional({
            name: text,
            refusal: text,
            tool_call_id: text,
            tool_calls: list(TOOL_CALL),
            function_call: map({ name: text, arguments: text }, ['name', 'arguments']),
            audio: map({ id: text }, ['id']),
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
      audio: map({ voice: text, format: text }, ['voice', 'format']),
      reasoning_effort: text,
      verbosity: text,
      service_tier: text,
      safety_identifier: text,
      prompt_cache_key: text,
      prediction: map({ type: text, content: CONTENT }, ['type', 'content']),
      web_search_options: freeMap,
      response_format: map({ type: text, json_schema: freeMap }, ['type']),
      tools: list(map({ type: text, function: freeMap, custom: freeMap }, ['type'])),
      functions: list(freeMap),
    }),
    tool_choice: { anyOf: [text, freeMap, { type: 'null' }] },
    function_call: { anyOf: [text, freeMap, { type: 'null' }] },
  },
  ['model', 'messages'],
) as Record<string, unknown>;

const TOKENS = { anyOf: [text, list(text), list(integer), list(list(integer))] };

const COMPLETION_REQUEST = map(
  {
    model: text,
    prompt: TOKENS,
    ...SAMPLING,
    stop: STOP,
    ...optional({ best_of: integer, echo: flag, logprobs: integer, suffix: text }),
  },
  ['model', 'prompt'],
) as Record<string, unknown>;

const EMBEDDING_REQUEST = map(
  {
    model: text,
    input: TOKENS,
    ...optional({ encoding_format: { enum: ['float', 'base64'] }, dimensions: integer, user: text }),
  },
  ['model', 'input'],
) as Record<string, unknown>;

const openai = (name: string, path: string, schema: Record<string, unknown>): Operation => ({
  name,
  methods: ['POST'],
  path,
  contentTypes: JSON_TYPE,
  protocol: 'plain',
  schema,
});
const listing = (name: string, path: string): Operation => ({
  name,
  methods: ['GET', 'HEAD'],
  path,
  contentTypes: [],
  protocol: 'plain',
  schema: null,
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

export const DIALECTS: Readonly<Record<DialectName, readonly Operation[]>> = {
  'kserve-v2': v2(false),
  triton: v2(true),
  mlserver: v2(false),
  'openai-chat': [
    openai('chat', '/v1/chat/completions', CHAT_REQUEST),
    openai('completions', '/v1/completions', COMPLETION_REQUEST),
    listing('models', '/v1/models'),
    listing('model', '/v1/models/{model}'),
  ],
  'openai-embeddings': [openai('embeddings', '/v1/embeddings', EMBEDDING_REQUEST)],
  torchserve: [
    listing('ping', '/ping'),
    {
      name: 'predict',
      methods: ['POST', 'PUT'],
      path: '/predictions/{model}',
      contentTypes: PREDICTION_TYPES,
      protocol: 'plain',
      schema: null,
    },
    {
      name: 'predict-version',
      methods: ['POST', 'PUT'],
      path: '/predictions/{model}/{version}',
      contentTypes: PREDICTION_TYPES,
      protocol: 'plain',
      schema: null,
    },
  ],
};

export const DIALECT_NAMES = [
  'kserve-v2',
  'triton',
  'mlserver',
  'openai-chat',
  'openai-embeddings',
  'torchserve',
] as const;
export type DialectName = (typeof DIALECT_NAMES)[number];
