import type { DialectName } from '../src/config/dialects.ts';
import type { Documented } from './documented.ts';
import { multipart } from './disguises.ts';
import { VLLM } from './vllm-requests.ts';

const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * i * 31 + (i >> 3)) & 0xff));
const magic = (bytes: readonly number[] | string, length = 9_000): Buffer =>
  Buffer.concat([typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes), noise(length)]);
const JPEG = magic([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1]);
const PNG = magic([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52]);
const WAV = magic('RIFF\x24\x08\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data\0\x08\0\0');
const MP4 = magic('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41');

const JSON_TYPE = { 'Content-Type': 'application/json' };
/** What curl sends with `-d` where no header says otherwise. */
const CURL_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };
const NONE = Buffer.alloc(0);

type Body = string | Buffer;
const of =
  (dialect: DialectName, page: string) =>
  (
    name: string,
    path: string,
    body: Body | null,
    headers: Readonly<Record<string, string>> = body === null ? {} : JSON_TYPE,
    method: Documented['method'] = body === null ? 'GET' : 'POST',
  ): Documented => ({
    dialect,
    page,
    name,
    method,
    path,
    headers,
    body: body === null ? NONE : typeof body === 'string' ? Buffer.from(body) : body,
  });

/** The JSON of the binary extension with its tensors. */
function withBinary(json: string, ...tensors: readonly Buffer[]): { body: Buffer; headers: Record<string, string> } {
  const head = Buffer.from(json);
  return {
    body: Buffer.concat([head, ...tensors]),
    headers: { 'Content-Type': 'application/octet-stream', 'Inference-Header-Content-Length': String(head.length) },
  };
}

const u32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32LE(value, i * 4));
  return bytes;
};

// ---- KServe ----

const v2 = of('kserve-v2', 'KServe: Open Inference Protocol (V2), Inference');
const kserveBinary = withBinary(
  `{
  "model_name": "mymodel",
  "inputs": [
    {"name": "input0", "shape": [2, 2], "datatype": "FP16", "parameters": {"binary_data_size": 8}}
  ],
  "outputs": [{"name": "output0", "parameters": {"binary_data": true}}]
}`,
  Buffer.from([0, 0x3c, 0, 0x40, 0, 0x42, 0, 0x44]),
);
const INPUT0 = `{
      "name" : "input0",
      "shape" : [ 2, 2 ],
      "datatype" : "UINT32",
      "data" : [ 1, 2, 3, 4 ]
    }`;

const kserve: readonly Documented[] = [
  v2(
    'the inference example, with one value for a shape of three',
    '/v2/models/mymodel/infer',
    `{
  "id" : "42",
  "inputs" : [
    ${INPUT0},
    {
      "name" : "input1",
      "shape" : [ 3 ],
      "datatype" : "BOOL",
      "data" : [ true ]
    }
  ],
  "outputs" : [
    {
      "name" : "output0"
    }
  ]
}`,
  ),
  v2(
    'tensor data as nested lists',
    '/v2/models/mymodel/versions/1/infer',
    '{"inputs": [{"name": "input0", "shape": [ 2, 2 ], "datatype": "UINT32", "data": [ [ 1, 2 ], [ 3, 4 ] ]}]}',
  ),
  v2('server metadata', '/v2', null),
  v2('server live', '/v2/health/live', null),
  v2('model ready', '/v2/models/mymodel/versions/1/ready', null),
  of('kserve-v2', 'KServe: Binary Tensor Data Extension')(
    'a tensor of FP16 in binary',
    '/v2/models/mymodel/infer',
    kserveBinary.body,
    kserveBinary.headers,
  ),
  of('kserve-v2', 'KServe: Scikit-learn, test with V2')(
    'iris',
    '/v2/models/sklearn-v2-iris/infer',
    `{
  "inputs": [
    {
      "name": "input-0",
      "shape": [2, 4],
      "datatype": "FP32",
      "data": [
        [6.8, 2.8, 4.8, 1.4],
        [6.0, 3.4, 4.5, 1.6]
      ]
    }
  ]
}`,
  ),
  of('kserve-v2', 'KServe: Hugging Face text classification, V2')(
    'text as BYTES',
    '/v2/models/distilbert/infer',
    '{"inputs": [{"name": "input-0", "shape": [2], "datatype": "BYTES", "data": ["Hello, my dog is cute", "I am feeling sad"]}]}',
  ),
  of('kserve-v1', 'KServe: First InferenceService')(
    'iris by rows',
    '/v1/models/sklearn-iris:predict',
    `{
  "instances": [
    [6.8,  2.8,  4.8,  1.4],
    [6.0,  3.4,  4.5,  1.6]
  ]
}`,
  ),
  of('kserve-v1', 'KServe: First InferenceService')(
    'curl -d with the type left to curl',
    '/v1/models/sklearn-iris:predict',
    '{"instances": [[6.8,  2.8,  4.8,  1.4], [6.0,  3.4,  4.5,  1.6]]}',
    CURL_TYPE,
  ),
  of('kserve-v1', 'KServe: V1 Protocol')('list of models', '/v1/models', null),
  of('kserve-v1', 'KServe: V1 Protocol')('model ready', '/v1/models/sklearn-iris', null),
  of('kserve-v1', 'TensorFlow Serving: RESTful API, Predict')(
    'rows of named tensors with a signature',
    '/v1/models/half_plus_three:predict',
    `{
  "signature_name": "serving_default",
  "instances": [
    { "tag": "foo", "signal": [1, 2, 3, 4, 5], "sensor": [[1, 2], [3, 4]] },
    { "tag": "bar", "signal": [3, 4, 1, 2, 5], "sensor": [[4, 5], [6, 8]] }
  ]
}`,
  ),
  of('kserve-v1', 'TensorFlow Serving: RESTful API, Predict')(
    'columns',
    '/v1/models/half_plus_three:predict',
    '{"inputs": {"tag": ["foo", "bar"], "signal": [[1, 2, 3, 4, 5], [3, 4, 1, 2, 5]]}}',
  ),
  of('kserve-v1', 'TensorFlow Serving: RESTful API, Encoding binary values')(
    'images as b64 objects',
    '/v1/models/resnet:predict',
    JSON.stringify({
      instances: [
        { image: { b64: JPEG.toString('base64') }, caption: 'seaside' },
        { image: { b64: PNG.toString('base64') }, caption: 'mountain' },
      ],
    }),
  ),
  of('kserve-v1', 'TorchServe: Inference API, KServe')(
    'an image of MNIST as base64 data',
    '/v1/models/mnist:predict',
    JSON.stringify({ instances: [{ data: PNG.toString('base64'), target: 0 }] }),
  ),
  of('kserve-v1', 'TorchServe: Inference API, KServe Explanations')(
    'the same, to be explained',
    '/v1/models/mnist:explain',
    JSON.stringify({ instances: [{ data: PNG.toString('base64'), target: 0 }] }),
  ),
];

// ---- Triton ----

const tritonBinary = withBinary(
  `{
  "model_name" : "mymodel",
  "inputs" : [
    {
      "name" : "input0",
      "shape" : [ 2, 2 ],
      "datatype" : "UINT32",
      "parameters" : {
        "binary_data_size" : 16
      }
    },
    {
      "name" : "input1",
      "shape" : [ 3 ],
      "datatype" : "BOOL",
      "parameters" : {
        "binary_data_size" : 3
      }
    }
  ],
  "outputs" : [
    {
      "name" : "output0",
      "parameters" : {
        "binary_data" : true
      }
    }
  ]
}
`,
  u32(1, 2, 3, 4),
  Buffer.from([1, 0, 1]),
);
const rawBytes = Buffer.concat([u32(5), Buffer.from('hello'), u32(JPEG.length), JPEG]);
const imageBytes = withBinary(
  `{"inputs":[{"name":"INPUT","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":${rawBytes.length}}}],"parameters":{"binary_data_output":true}}`,
  rawBytes,
);
const bert = Buffer.concat([u32(101, 0, 2023, 0), Buffer.alloc(8)]);
const mixed = withBinary(
  `{"inputs":[{"name":"ids","shape":[1,3],"datatype":"INT64","parameters":{"binary_data_size":24}},{"name":"scale","shape":[1],"datatype":"FP32","data":[0.5]}]}`,
  bert,
);
const tritonOf = (parameters: string): string => `{
  "parameters" : ${parameters},
  "inputs" : [
    ${INPUT0}
  ],
  "outputs" : [
    {
      "name" : "output0"
    }
  ]
}`;
const infer = '/v2/models/mymodel/infer';

const triton: readonly Documented[] = [
  of('triton', 'Triton: Binary Tensor Data Extension')(
    'two tensors in binary',
    infer,
    tritonBinary.body,
    tritonBinary.headers,
  ),
  of('triton', 'Triton: Binary Tensor Data Extension')('BYTES in binary', infer, imageBytes.body, imageBytes.headers),
  of('triton', 'Triton client: http, infer')('binary beside JSON, no type', infer, mixed.body, {
    'Inference-Header-Content-Length': mixed.headers['Inference-Header-Content-Length'] ?? '',
  }),
  of('triton', 'Triton: Classification Extension')(
    'the two best classes',
    infer,
    `{
  "id" : "42",
  "inputs" : [
    ${INPUT0}
  ],
  "outputs" : [
    {
      "name" : "output0",
      "parameters" : { "classification" : 2 }
    }
  ]
}`,
  ),
  of('triton', 'Triton: Sequence Extension')('a number', infer, tritonOf('{ "sequence_id" : 42 }')),
  of('triton', 'Triton: Sequence Extension')(
    'a UUID, start and end',
    infer,
    tritonOf(
      '{ "sequence_id" : "e333c95a-07fc-42d2-ab16-033b1a566ed5", "sequence_start" : true, "sequence_end" : false }',
    ),
  ),
  of('triton', 'Triton: Parameters Extension')('a parameter', infer, tritonOf('{ "my_custom_parameter" : 42 }')),
  of('triton', 'Triton: Schedule Policy Extension')(
    'priority and timeout',
    infer,
    tritonOf('{ "priority" : 2, "timeout" : 1000000 }'),
  ),
  of('triton', 'Triton: Generate Extension')(
    'the request',
    '/v2/models/mymodel/generate',
    `{
  "text_input":  "client input",
  "parameters" :
    {
      "stream": false,
      "temperature": 0
    }
}`,
  ),
  of('triton', 'Triton: Generate Extension')(
    'curl -d with the type left to curl',
    '/v2/models/mymodel/generate',
    '{"text_input": "client input", "parameters": {"stream": false, "temperature": 0}}',
    CURL_TYPE,
  ),
  of('triton', 'TensorRT-LLM backend: send an inference request')(
    'a stream with fields of the model',
    '/v2/models/ensemble/generate_stream',
    '{"text_input": "What is machine learning?", "max_tokens": 20, "bad_words": "", "stop_words": ["</s>"], "stream": true}',
  ),
];

// ---- MLServer ----

const content = of('mlserver', 'MLServer: Content Types (and Codecs)');
const hugging = of('mlserver', 'MLServer: Serving HuggingFace Transformer models');
const helloJson = '{"name": "Foo Bar", "message": "Hello from Client (REST)!"}';

const mlserver: readonly Documented[] = [
  content(
    'a data frame',
    '/v2/models/m/infer',
    `{
  "parameters": {
    "content_type": "pd"
  },
  "inputs": [
    {
      "name": "First Name",
      "datatype": "BYTES",
      "parameters": {
        "content_type": "str"
      },
      "shape": [2],
      "data": ["Joanne", "Michael"]
    },
    {
      "name": "Age",
      "datatype": "INT32",
      "shape": [2],
      "data": [34, 22]
    }
  ]
}`,
  ),
  content(
    'an array',
    '/v2/models/m/infer',
    '{"inputs": [{"name": "foo", "parameters": {"content_type": "np"}, "data": [1, 2, 3, 4], "datatype": "INT32", "shape": [2, 2]}]}',
  ),
  content(
    'columns of four with a shape of three',
    '/v2/models/m/infer',
    `{
  "parameters": {"content_type": "pd"},
  "inputs": [
    {"name": "A", "data": ["a1", "a2", "a3", "a4"], "datatype": "BYTES", "shape": [3]},
    {"name": "B", "data": ["b1", "b2", "b3", "b4"], "datatype": "BYTES", "shape": [3]}
  ]
}`,
  ),
  content(
    'strings',
    '/v2/models/m/infer',
    '{"parameters": {"content_type": "str"}, "inputs": [{"name": "foo", "data": ["bar", "bar2"], "datatype": "BYTES", "shape": [2]}]}',
  ),
  content(
    'base64',
    '/v2/models/m/infer',
    '{"inputs": [{"name": "foo", "parameters": {"content_type": "base64"}, "data": ["UHl0aG9uIGlzIGZ1bg=="], "datatype": "BYTES", "shape": [1]}]}',
  ),
  content(
    'a date',
    '/v2/models/m/infer',
    '{"inputs": [{"name": "foo", "parameters": {"content_type": "datetime"}, "data": ["2022-01-11T11:00:00"], "datatype": "BYTES", "shape": [1]}]}',
  ),
  of('mlserver', 'MLServer: Serving a custom model with JSON serialization')(
    'JSON in a string, its length as the shape',
    '/v2/models/json-hello-world/infer',
    JSON.stringify({
      inputs: [{ name: 'echo_request', shape: [helloJson.length], datatype: 'BYTES', data: [helloJson] }],
    }),
  ),
  hugging(
    'a question and its context',
    '/v2/models/transformer/infer',
    '{"inputs": [{"name": "question", "shape": [1], "datatype": "BYTES", "data": ["what is your name?"]}, {"name": "context", "shape": [1], "datatype": "BYTES", "data": ["Hello, I am Seldon, how is it going"]}]}',
  ),
  hugging(
    'a batch of 512',
    '/v2/models/transformer/infer',
    JSON.stringify({
      inputs: [
        {
          name: 'text_inputs',
          shape: [1],
          datatype: 'BYTES',
          data: Array.from({ length: 512 }, () => 'This is a generation for the work'),
        },
      ],
    }),
  ),
  hugging(
    'Japanese',
    '/v2/models/transformer/infer',
    '{"inputs": [{"name": "inputs", "shape": [1, 1], "datatype": "BYTES", "parameters": {"content_type": "str"}, "data": ["実際に空が[MASK]のか？"]}]}',
  ),
  of('mlserver', 'MLServer: Streaming support')(
    'as its client writes it, null for what is not there',
    '/v2/models/text-model/generate_stream',
    '{"id": null, "parameters": null, "inputs": [{"name": "prompt", "shape": [1], "datatype": "BYTES", "parameters": {"content_type": "str", "headers": null}, "data": ["What is the capital of France?"]}], "outputs": [{"name": "output", "parameters": null}]}',
  ),
  of('mlserver', 'MLServer: Getting started')('model metadata', '/v2/models/iris/versions/v0.1.0', null),
];

// ---- OpenAI ----

const chat = of('openai-chat', 'OpenAI API reference: Create chat completion');
const guide = (page: string) => of('openai-chat', `OpenAI guide: ${page}`);
const completions = '/v1/chat/completions';
const WEATHER = `{
        "type": "function",
        "function": {
          "name": "get_current_weather",
          "description": "Get the current weather in a given location",
          "parameters": {
            "type": "object",
            "properties": {
              "location": {
                "type": "string",
                "description": "The city and state, e.g. San Francisco, CA"
              },
              "unit": {
                "type": "string",
                "enum": ["celsius", "fahrenheit"]
              }
            },
            "required": ["location"]
          }
        }
      }`;
const auth = { ...JSON_TYPE, Authorization: 'Bearer none' };

const openai: readonly Documented[] = [
  chat(
    'default',
    completions,
    `{
    "model": "gpt-4.1",
    "messages": [
      {
        "role": "developer",
        "content": "You are a helpful assistant."
      },
      {
        "role": "user",
        "content": "Hello!"
      }
    ]
  }`,
    auth,
  ),
  chat(
    'image input',
    completions,
    `{
    "model": "gpt-4.1",
    "messages": [
      {
        "role": "user",
        "content": [
          {
            "type": "text",
            "text": "What is in this image?"
          },
          {
            "type": "image_url",
            "image_url": {
              "url": "https://upload.wikimedia.org/wikipedia/commons/thumb/d/dd/Gfp-wisconsin-madison-the-nature-boardwalk.jpg/2560px-Gfp-wisconsin-madison-the-nature-boardwalk.jpg"
            }
          }
        ]
      }
    ],
    "max_tokens": 300
  }`,
  ),
  chat(
    'streaming',
    completions,
    '{"model": "gpt-4.1", "messages": [{"role": "developer", "content": "You are a helpful assistant."}, {"role": "user", "content": "Hello!"}], "stream": true, "stream_options": {"include_usage": true}}',
  ),
  chat(
    'functions',
    completions,
    `{
    "model": "gpt-4.1",
    "messages": [{"role": "user", "content": "What is the weather like in Boston today?"}],
    "tools": [
      ${WEATHER}
    ],
    "tool_choice": "auto"
  }`,
  ),
  chat(
    'logprobs',
    completions,
    '{"model": "gpt-4.1", "messages": [{"role": "user", "content": "Hello!"}], "logprobs": true, "top_logprobs": 2}',
  ),
  guide('Function calling')(
    'the answer of a tool, behind the turn as it came',
    completions,
    JSON.stringify({
      model: 'gpt-4.1',
      messages: [
        { role: 'user', content: 'What is the weather like in Paris today?' },
        {
          role: 'assistant',
          content: null,
          refusal: null,
          annotations: [],
          audio: null,
          function_call: null,
          tool_calls: [
            {
              id: 'call_12345xyz',
              type: 'function',
              function: { name: 'get_weather', arguments: '{"latitude":48.8566,"longitude":2.3522}' },
            },
          ],
        },
        { role: 'tool', tool_call_id: 'call_12345xyz', content: '14' },
      ],
      tools: [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' }, strict: true } }],
      parallel_tool_calls: false,
    }),
  ),
  guide('Structured outputs')(
    'a schema for the answer',
    completions,
    JSON.stringify({
      model: 'gpt-4o-2024-08-06',
      messages: [{ role: 'system', content: 'You are a helpful math tutor.' }],
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'math_reasoning',
          schema: {
            type: 'object',
            properties: { steps: { type: 'array', items: { type: 'object' } }, final_answer: { type: 'string' } },
            required: ['steps', 'final_answer'],
            additionalProperties: false,
          },
          strict: true,
        },
      },
    }),
  ),
  guide('Images and vision')(
    'an image in base64',
    completions,
    JSON.stringify({
      model: 'gpt-4.1-mini',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: "what's in this image?" },
            {
              type: 'image_url',
              image_url: { url: `data:image/jpeg;base64,${JPEG.toString('base64')}`, detail: 'high' },
            },
          ],
        },
      ],
    }),
  ),
  guide('Audio')(
    'sound in and out',
    completions,
    JSON.stringify({
      model: 'gpt-audio',
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is in this recording?' },
            { type: 'input_audio', input_audio: { data: WAV.toString('base64'), format: 'wav' } },
          ],
        },
      ],
    }),
  ),
  guide('PDF files')(
    'a file in base64',
    completions,
    JSON.stringify({
      model: 'gpt-4.1',
      messages: [
        {
          role: 'user',
          content: [
            {
              type: 'file',
              file: {
                filename: 'draconomicon.pdf',
                file_data: `data:application/pdf;base64,${magic('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n').toString('base64')}`,
              },
            },
            { type: 'text', text: 'What is the first dragon in the book?' },
          ],
        },
      ],
    }),
  ),
  guide('Predicted outputs')(
    'code as what is expected',
    completions,
    JSON.stringify({
      model: 'gpt-4.1',
      messages: [
        { role: 'user', content: 'Replace the username property with an email property. Respond only with code.' },
        {
          role: 'user',
          content: "class User {\n  firstName: string = '';\n  username: string = '';\n}\n\nexport default User;\n",
        },
      ],
      prediction: { type: 'content', content: "class User {\n  firstName: string = '';\n}\n" },
    }),
  ),
  guide('Reasoning')(
    'effort and verbosity',
    completions,
    '{"model": "gpt-5", "messages": [{"role": "user", "content": "Write a bash script that takes a matrix represented as a string with format \'[1,2],[3,4],[5,6]\' and prints the transpose in the same format."}], "reasoning_effort": "low", "verbosity": "low", "max_completion_tokens": 2048}',
  ),
  guide('Web search')(
    'options of the search',
    completions,
    '{"model": "gpt-5-search-api", "web_search_options": {"user_location": {"type": "approximate", "approximate": {"country": "GB", "city": "London", "region": "London"}}}, "messages": [{"role": "user", "content": "What are the best restaurants near me?"}]}',
  ),
  of('openai-chat', 'openai-python 3.54.0: types of chat completions')(
    'keys, retention and a breakpoint in the prompt',
    completions,
    '{"model": "gpt-5.1", "prompt_cache_key": "k", "prompt_cache_retention": "24h", "messages": [{"role": "user", "content": [{"type": "text", "text": "long", "prompt_cache_breakpoint": {"mode": "explicit"}}]}]}',
  ),
  of('openai-chat', 'OpenAI API reference: Create completion')(
    'a completion',
    '/v1/completions',
    `{
    "model": "gpt-3.5-turbo-instruct",
    "prompt": "Say this is a test",
    "max_tokens": 7,
    "temperature": 0
  }`,
  ),
  of('openai-chat', 'OpenAI API reference: List models')('models', '/v1/models', null, {
    Authorization: 'Bearer none',
  }),
  of('openai-embeddings', 'OpenAI API reference: Create embeddings')(
    'one text',
    '/v1/embeddings',
    `{
    "input": "The food was delicious and the waiter...",
    "model": "text-embedding-ada-002",
    "encoding_format": "float"
  }`,
    auth,
  ),
  of('openai-embeddings', 'OpenAI guide: Vector embeddings')(
    'texts, as base64 and of fewer dimensions',
    '/v1/embeddings',
    '{"input": ["Your text string goes here", "another"], "model": "text-embedding-3-large", "dimensions": 1024, "encoding_format": "base64"}',
  ),
  of('openai-embeddings', 'OpenAI cookbook: How to count tokens')(
    'tokens',
    '/v1/embeddings',
    '{"input": [[83, 1609, 5963, 374, 2294, 0]], "model": "text-embedding-3-small"}',
  ),
];

// ---- TorchServe ----

const inference = of('torchserve', 'TorchServe: Inference API');
const file = (
  name: string,
  filename: string,
  type: string,
  body: Buffer,
): { headers: readonly string[]; body: Buffer } => ({
  headers: [`Content-Disposition: form-data; name="${name}"; filename="${filename}"`, `Content-Type: ${type}`],
  body,
});
const BOUNDARY = '------------------------d74496d66958873e';
const FORM = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };

const torchserve: readonly Documented[] = [
  inference('curl -T: a PUT without a type', '/predictions/resnet-18', JPEG, {}, 'PUT'),
  inference('curl -X POST -T', '/predictions/resnet-18', JPEG, {}),
  inference(
    'curl -F',
    '/predictions/resnet-18',
    multipart([file('data', 'kitten_small.jpg', 'image/jpeg', JPEG)], BOUNDARY),
    FORM,
  ),
  inference(
    'two images of one name',
    '/predictions/squeezenet1_1',
    multipart(
      [file('data', 'dogs-before.jpg', 'image/jpeg', JPEG), file('data', 'kitten_small.jpg', 'image/jpeg', JPEG)],
      BOUNDARY,
    ),
    FORM,
  ),
  inference('a version', '/predictions/resnet-18/2.0', JPEG, {}, 'PUT'),
  inference('an explanation', '/explanations/mnist', PNG, {}, 'PUT'),
  inference('ping', '/ping', null),
  inference('the description of the API', '/', null, {}, 'OPTIONS'),
  of('torchserve', 'TorchServe: Workflow Inference API')('a workflow', '/wfpredict/myworkflow', JPEG, {}, 'PUT'),
  of('torchserve', 'TorchServe: Default handlers, text classifier')(
    'text as a file of a form',
    '/predictions/my_tc',
    multipart(
      [
        file(
          'data',
          'sample_text.txt',
          'text/plain',
          Buffer.from('Bloomberg has decided to publish a new report on the global economy.\n'),
        ),
      ],
      BOUNDARY,
    ),
    FORM,
  ),
  of('torchserve', 'TorchServe examples: Hugging Face transformers')(
    'text by -T',
    '/predictions/my_tc',
    Buffer.from('{\n"text":"Bloomberg has decided to publish a new report on the global economy.",\n"target":1\n}'),
    {},
    'PUT',
  ),
  of('torchserve', 'TorchServe: LLM Deployment')(
    'a prompt with its type',
    '/predictions/model',
    '{"prompt":"Hello, my name is", "max_new_tokens": 50, "temperature": 0}',
  ),
  of('torchserve', 'TorchServe examples: nmt_transformer')(
    'sentences by -T',
    '/predictions/TransformerEn2Fr',
    Buffer.from('Hi James, when are you coming back home? I am waiting for you.\nPlease come as soon as possible.\n'),
    {},
    'PUT',
  ),
  of('torchserve', 'TorchServe examples: Waveglow text to speech')(
    'text by requests',
    '/predictions/waveglow_synthesizer',
    multipart(
      [
        {
          headers: ['Content-Disposition: form-data; name="data"; filename="sample_text.txt"'],
          body: Buffer.from('The quick brown fox jumps over the lazy dog'),
        },
      ],
      '5ecd1a9d30b24a3f',
    ),
    { 'Content-Type': 'multipart/form-data; boundary=5ecd1a9d30b24a3f' },
  ),
  of('torchserve', 'TorchServe examples: speech2text')('a sound', '/predictions/Wav2Vec2', WAV, {
    'Content-Type': 'audio/basic',
  }),
  of('torchserve', 'TorchServe examples: multi-modal framework')(
    'a film, its script and labels',
    '/predictions/MMF_activity_recognition',
    multipart(
      [
        file('data', '372CC.mp4', 'video/mp4', MP4),
        {
          headers: ['Content-Disposition: form-data; name="script"; filename="script"'],
          body: Buffer.from('A person is walking down the stairs (slowly), then sits down.'),
        },
        {
          headers: ['Content-Disposition: form-data; name="labels"; filename="labels"'],
          body: Buffer.from('c147 0.00 6.10;c151 5.00 11.40'),
        },
      ],
      BOUNDARY,
    ),
    FORM,
  ),
];

// ---- Read in the repositories ----

const kf = (name: string) => `pytorch/serve: kubernetes/kserve/kf_request_json/${name}`;
const zeros = (head: readonly number[], count: number): string =>
  [...head, ...Array.from({ length: count - head.length }, () => 0)].join(', ');
const codecs = of('mlserver', 'SeldonIO/MLServer: docs/examples/content-type/README.md');
const codecsPath = '/v2/models/content-type-example/infer';
const text2 = (name: string, data: string): string =>
  JSON.stringify({ inputs: [{ name, shape: [1], datatype: 'BYTES', data: [data] }] });
const huggingPage = of('mlserver', 'SeldonIO/MLServer: docs/examples/huggingface/README.md');
const vllm = (page: string) => of('vllm', `vllm-project/vllm: docs/${page}`);
const chatOf = (said: unknown, more: object): string =>
  JSON.stringify({
    messages: [{ role: 'user', content: said }],
    model: 'NousResearch/Meta-Llama-3-8B-Instruct',
    ...more,
  });
const picture =
  'https://upload.wikimedia.org/wikipedia/commons/thumb/d/dd/Gfp-wisconsin-madison-the-nature-boardwalk.jpg';

const read: readonly Documented[] = [
  of('kserve-v2', kf('v2/bert/bert_bytes_v2.json'))(
    'a shape of -1 and a text for the data',
    '/v2/models/bert/infer',
    `{
  "id": "d3b15cad-50a2-4eaf-80ce-8b0a428bd298",
  "inputs": [{
    "name": "4b7c7d4a-51e4-43c8-af61-04639f6ef4bc",
    "shape": -1,
    "datatype": "BYTES",
    "data": "this year business is good"
  }]
}`,
  ),
  of('kserve-v2', kf('v2/bert/bert_tensor_v2.json'))(
    'a number for the shape',
    '/v2/models/bert/infer',
    `{
  "id": "33abc661-7265-42fc-b7d9-44e5f79a7a67",
  "inputs":
  [
    {
      "name": "input_ids",
      "shape": 150,
      "datatype": "INT64",
      "data": [${zeros([101, 2023, 2095, 2449, 2003, 2204, 102], 150)}]
    },
    {
      "name": "attention_masks",
      "shape": 150,
      "datatype": "INT64",
      "data": [${zeros([1, 1, 1, 1, 1, 1, 1], 150)}]
    }
  ]
}`,
  ),
  of('kserve-v2', kf('v2/mnist/mnist_v2_bytes.json'))(
    'a PNG in base64',
    '/v2/models/mnist/infer',
    `{
    "id": "d3b15cad-50a2-4eaf-80ce-8b0a428bd298",
    "inputs": [
        {
            "data": ["iVBORw0KGgoAAAANSUhEUgAAABwAAAAcCAAAAABXZoBIAAAA10lEQVR4nGNgGFhgy6xVdrCszBaLFN/mr28+/QOCr69DMCSnA8WvHti0acu/fx/10OS0X/975CDDw8DA1PDn/1pBVEmLf3+zocy2X/+8USXt/82Ds+/+m4sqeehfOpw97d9VFDmlO++t4JwQNMm6f6sZcEpee2+DR/I4A05J7tt4JJP+IUsu+ncRp6TxO9RAQJY0XvrvMAuypNNHuCTz8n+PzVEcy3DtqgiY1ptx6t8/ewY0yX9ntoDA63//Xs3hQpMMPPsPAv68qmDAAFKXwHIzMzCl6AoAxXp0QujtP+8AAAAASUVORK5CYII="],
            "datatype": "BYTES",
            "name": "312a4eb0-0ca7-4803-a101-a6d2c18486fe",
            "shape": [-1]
        }
    ]
}
`,
  ),
  of('kserve-v1', kf('text_classifier.json'))(
    'a text',
    '/v1/models/text:predict',
    `{
  "instances": [
    {
      "data": "Bloomberg has reported on the economy"
    }
  ]
}
`,
  ),
  codecs(
    'an array and a text beside each other',
    codecsPath,
    '{"inputs": [{"name": "parameters-np", "datatype": "INT32", "shape": [2, 2], "data": [1, 2, 3, 4], "parameters": {"content_type": "np"}}, {"name": "parameters-str", "datatype": "BYTES", "shape": [1], "data": "hello world \\ud83d\\ude01", "parameters": {"content_type": "str"}}]}',
  ),
  codecs(
    'types from the metadata',
    codecsPath,
    '{"inputs": [{"name": "metadata-np", "datatype": "INT32", "shape": [2, 2], "data": [1, 2, 3, 4]}, {"name": "metadata-str", "datatype": "BYTES", "shape": [11], "data": "hello world 😁"}]}',
  ),
  codecs(
    'images of a custom codec',
    codecsPath,
    JSON.stringify({
      inputs: [
        {
          name: 'image-int32',
          datatype: 'INT32',
          shape: [8, 8],
          data: Array.from({ length: 64 }, (_, i) => (i + 1) % 2),
          parameters: { content_type: 'img' },
        },
        {
          name: 'image-bytes',
          datatype: 'BYTES',
          shape: [8, 8],
          data: '10'.repeat(32),
          parameters: { content_type: 'img' },
        },
      ],
    }),
  ),
  codecs(
    'columns of a request codec',
    codecsPath,
    '{"inputs": [{"name": "parameters-np", "datatype": "INT32", "shape": [2, 2], "data": [1, 2, 3, 4], "parameters": {"content_type": "np"}}, {"name": "parameters-str", "datatype": "BYTES", "shape": [2, 11], "data": ["hello world 😁", "bye bye 😁"], "parameters": {"content_type": "str"}}], "parameters": {"content_type": "pd"}}',
  ),
  huggingPage('a text to go on with', '/v2/models/transformer/infer', text2('args', 'this is a test')),
  huggingPage('a sentiment', '/v2/models/transformer/infer', text2('args', 'This is terrible!')),
  huggingPage(
    'as vegeta sends it',
    '/v2/models/transformer/infer',
    '{"inputs":[{"name":"text_inputs","shape":[1],"datatype":"BYTES","data":["test"]}]}',
  ),
  of('torchserve', 'pytorch/serve: docs/inference_api.md, multiple inputs')(
    'two files of one name',
    '/predictions/squeezenet1_1',
    multipart(
      ['dogs-before.jpg', 'kitten_small.jpg'].map((filename) => ({
        headers: [`Content-Disposition: form-data; name="data"; filename="${filename}"`, 'Content-Type: image/jpeg'],
        body: JPEG,
      })),
    ),
    { 'Content-Type': 'multipart/form-data; boundary=x1y2' },
  ),
  vllm('features/structured_outputs.md')(
    'choices',
    completions,
    chatOf('Classify this sentiment: vLLM is wonderful!', {
      structured_outputs: { choices: ['positive', 'negative'] },
    }),
  ),
  vllm('features/structured_outputs.md')(
    'a pattern, and where to stop',
    completions,
    chatOf(
      'Generate an example email address for Alan Turing, who works in Enigma. End in .com and new line. Example result: alan.turing@enigma.com\n',
      { structured_outputs: { regex: String.raw`\w+@\w+\.com\n` }, stop: ['\n'] },
    ),
  ),
  vllm('features/structured_outputs.md')(
    'a grammar',
    completions,
    chatOf("Generate an SQL query to show the 'username' and 'email' from the 'users' table.", {
      structured_outputs: {
        grammar:
          '\n    root ::= select_statement\n\n    select_statement ::= "SELECT " column " from " table " where " condition\n\n    column ::= "col_1 " | "col_2 "\n',
      },
    }),
  ),
  vllm('serving/openai_compatible_server.md')(
    'extra parameters',
    completions,
    chatOf('Classify this sentiment: vLLM is wonderful!', { guided_choice: ['positive', 'negative'], top_k: 50 }),
  ),
  vllm('serving/openai_compatible_server.md')(
    'content in parts',
    completions,
    chatOf([{ type: 'text', text: 'Classify this sentiment: vLLM is wonderful!' }], {}),
  ),
  vllm('serving/openai_compatible_server.md')(
    'a completion',
    '/v1/completions',
    '{"model": "NousResearch/Meta-Llama-3-8B-Instruct", "prompt": "A robot may not injure a human being"}',
  ),
  ...(['image_url', 'video_url', 'audio_url'] as const).map((type) =>
    vllm('features/multimodal_inputs.md')(
      `${type} with its name`,
      completions,
      chatOf(
        [
          { type: 'text', text: "What's in this?" },
          { type, [type]: { url: picture }, uuid: picture },
        ],
        {
          max_completion_tokens: 64,
        },
      ),
    ),
  ),
  vllm('features/multimodal_inputs.md')(
    'sound in base64',
    completions,
    chatOf(
      [
        { type: 'text', text: "What's in this audio?" },
        { type: 'input_audio', input_audio: { data: WAV.toString('base64'), format: 'wav' }, uuid: picture },
      ],
      { max_completion_tokens: 64 },
    ),
  ),
  vllm('features/multimodal_inputs.md')(
    'an image that is cached already',
    completions,
    chatOf([{ type: 'image_url', image_url: null, uuid: 'sku-1234-a' }], {}),
  ),
];

/**
 * Requests as the documentation of the servers shows them, each with the page that it is on. Fields and values are the
 * examples'; images and sounds, which the pages only name, are headers of their formats with noise behind. Where a page has
 * JSON without a comma or with one too many (Triton's sequence and parameters, MLServer's content types), it is put right.
 *
 * Read beside the files of the repositories: kserve/open-inference-protocol `specification/protocol/inference_rest.md`;
 * triton-inference-server/server `docs/protocol/extension_{binary_data,classification,sequence,parameters,generate}.md`;
 * SeldonIO/MLServer `docs/user-guide/content-type.md`, `docs/examples/{content-type,huggingface}/README.md`; pytorch/serve
 * `docs/inference_api.md`, `kubernetes/kserve/kf_request_json`; openai/openai-openapi, "Create chat completion" (default, image
 * input, streaming); vllm-project/vllm `docs/features/{structured_outputs,multimodal_inputs}.md`,
 * `docs/serving/openai_compatible_server.md`; more of vLLM in `vllm-requests.ts`. Triton's schedule policy has parameters and no example. Of OpenAI's guides the
 * fields were held against the types of openai-python; their texts are not the pages'.
 */
export const DOCUMENTED: readonly Documented[] = [
  ...kserve,
  ...triton,
  ...mlserver,
  ...openai,
  ...torchserve,
  ...read,
  ...VLLM,
];
