/**
 * What the gate says of requests. Each line is an array of requests `[contentType, body, values]`, with base64 of the body and
 * of the values that a server's parser made of it. The answer is an array of the same length: null where the request is
 * refused, otherwise the indices of the values that would be refused by themselves.
 */
import { createInterface } from 'node:readline';
import { inspectBytes, inspectText } from '../../../packages/gate/dist/inspect/leaves.js';
import { Held } from '../../../packages/gate/dist/inspect/feed.js';
import { isText } from '../../../packages/gate/dist/inspect/prefix.js';
import { Spending } from '../../../packages/gate/dist/inspect/spending.js';
import { inspectRequest } from '../../../packages/gate/dist/inspect/walker.js';
import { DEFAULT_INSPECTION_LIMITS } from '../../../packages/gate/dist/model/limits.js';

const policy = {
  id: 'any',
  protocol: 'plain',
  contentTypes: ['*/*'],
  schema: null,
  schemaIsLight: false,
  limits: DEFAULT_INSPECTION_LIMITS,
};

async function isHostile(bytes) {
  try {
    const inspect = isText(bytes) ? inspectText : inspectBytes;
    await inspect(bytes, 'value', new Spending(DEFAULT_INSPECTION_LIMITS), 0);
    return false;
  } catch (error) {
    if (error.name !== 'Refused') throw error;
    return ['GATE-PICKLE', 'GATE-CODE', 'GATE-YAML-TAG'].includes(error.refusal.rule);
  }
}

async function judged([contentType, body, values]) {
  const job = {
    route: 'any',
    contentType,
    contentEncoding: null,
    inferHeaderLength: null,
    query: '',
    body: Buffer.alloc(0),
  };
  const { refusal } = await inspectRequest(job, policy, null, new Held(Buffer.from(body, 'base64')));
  if (refusal !== null) return null;
  const among = [];
  for (const [index, value] of values.entries()) if (await isHostile(Buffer.from(value, 'base64'))) among.push(index);
  return among;
}

for await (const line of createInterface({ input: process.stdin })) {
  const answers = [];
  for (const request of JSON.parse(line)) answers.push(await judged(request));
  process.stdout.write(`${JSON.stringify(answers)}\n`);
}
