// What the gate makes of messages: reads lines of base64, each a ModelInferRequest, and writes a line of JSON for each: the rule of
// a refusal, or the texts and the tensors that are inspected. For differential.py; needs `npm run build`.
import { createInterface } from 'node:readline';
import { DEFAULT_INSPECTION_LIMITS } from '../../../packages/gate/dist/model/limits.js';
import { openMessage } from '../../../packages/gate/dist/protobuf/open-message.js';

const job = { route: 'grpc', contentType: null, contentEncoding: null, inferHeaderLength: null, query: '', head: [] };
const grpc = { method: '/inference.GRPCInferenceService/ModelInfer', coding: null };

function seen(body) {
  const opened = openMessage({ ...job, body, grpc }, DEFAULT_INSPECTION_LIMITS);
  if ('rule' in opened) return { refused: opened.rule };
  const texts = opened.head.map(({ text }) => text);
  const length = Number(opened.inferHeaderLength ?? 0);
  const { inputs = [] } = length === 0 ? {} : JSON.parse(Buffer.from(opened.body).toString('utf8', 0, length));
  let at = length;
  const tensors = inputs.map(({ datatype, parameters }) => {
    const bytes = Buffer.from(opened.body).subarray(at, (at += parameters.binary_data_size));
    return { datatype, bytes: bytes.toString('base64'), contentType: parameters.content_type ?? null };
  });
  return { texts, tensors };
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(seen(Buffer.from(line, 'base64')))}\n`);
