import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import { Refused, type Refusal } from '../model/rules.js';
import { readJson } from './json.js';
import { SHORTEST_LEAF, stringSuspects, textSuspects } from './leaves.js';
import { checkedType, kindOf } from './media-type.js';
import type { SchemaCheck } from './schema.js';
import { Spending } from './spending.js';
import { checkJsonTensors } from './tensors.js';

/**
 * Bodies that may be settled where the proxy runs. Our own readers of JSON and of encodings see them, all linear, and no
 * decompressor, parser or machine. They are the same that the isolated inspection uses: what would be a suspect there goes there.
 */
export const QUICK_BYTES = 16 * 1024;

/** What is wrong with a small request, null where nothing is, `unsettled` where the isolated inspection has to see it. */
export function quickLook(
  job: InspectionJob,
  policy: RoutePolicy,
  check: SchemaCheck | null,
): Refusal | null | 'unsettled' {
  const { body, contentEncoding, contentType, inferHeaderLength, query, head = [] } = job;
  if (body.length > QUICK_BYTES || contentEncoding !== null || query !== '' || inferHeaderLength !== null)
    return 'unsettled';
  if (policy.schema !== null && !policy.schemaIsLight) return 'unsettled';
  if (body.length === 0 && check !== null) return 'unsettled';
  const spending = new Spending(policy.limits);
  try {
    for (const { where, text } of head)
      if (holdsAny(textSuspects(Buffer.from(text, 'latin1'), `head>${where}`, spending, 0))) return 'unsettled';
    if (body.length === 0) return null;
    const type = checkedType(contentType, policy);
    if (policy.protocol === 'plain' && kindOf(type.essence) !== 'json') return 'unsettled';
    const json = readJson(Buffer.from(body.buffer, body.byteOffset, body.length), 'body', {
      depth: policy.limits.jsonDepth,
      shortest: SHORTEST_LEAF,
      exact: false,
    });
    check?.(json.value, 'body');
    if (policy.protocol === 'v2-infer') checkJsonTensors(json.value, 'body');
    return holdsAny(stringSuspects(json.strings, 'body>json', spending, 0)) ? 'unsettled' : null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function holdsAny(suspects: Generator): boolean {
  return suspects.next().done !== true;
}

/** Whether nothing in a text takes more than a look. */
export function isNothing(text: string, limits: RoutePolicy['limits']): boolean {
  try {
    return !holdsAny(textSuspects(Buffer.from(text), 'text', new Spending(limits), 0));
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}
