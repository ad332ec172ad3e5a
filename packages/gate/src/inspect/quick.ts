import { couldBeArtifact } from '@artifact-sentinel/core/internal';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import { Refused, type Refusal } from '../model/rules.js';
import { checkedType } from './body.js';
import { codeObjectAt } from './code-object.js';
import { decodings } from './encodings.js';
import { readJson } from './json.js';
import { mayHold, SHORTEST_LEAF } from './leaves.js';
import { kindOf } from './media-type.js';
import { behindPrefix, isText } from './prefix.js';
import type { SchemaCheck } from './schema.js';
import { checkJsonTensors } from './tensors.js';

/**
 * Bodies that may be settled where the proxy runs. Only our own reader of JSON sees them, and base64 or hex of single
 * strings: linear, without recursion beyond the depth of the JSON, and with no decoder, parser or machine behind it.
 * A body that could be more than words and numbers goes to the isolated inspection.
 */
export const QUICK_BYTES = 16 * 1024;

/** What is wrong with a small request, null where nothing is, `unsettled` where the isolated inspection has to see it. */
export function quickLook(
  job: InspectionJob,
  policy: RoutePolicy,
  check: SchemaCheck | null,
): Refusal | null | 'unsettled' {
  const { body, contentEncoding, contentType, inferHeaderLength, query } = job;
  if (body.length > QUICK_BYTES || contentEncoding !== null || query !== '' || inferHeaderLength !== null)
    return 'unsettled';
  if (policy.schema !== null && !policy.schemaIsLight) return 'unsettled';
  if (job.head?.every(({ text }) => isNothing(text)) === false) return 'unsettled';
  if (body.length === 0) return check === null ? null : 'unsettled';
  try {
    const type = checkedType(contentType, policy);
    if (policy.protocol === 'plain' && kindOf(type.essence) !== 'json') return 'unsettled';
    const json = readJson(Buffer.from(body.buffer, body.byteOffset, body.length), 'body', {
      depth: policy.limits.jsonDepth,
      shortest: SHORTEST_LEAF,
      exact: false,
    });
    check?.(json.value, 'body');
    if (policy.protocol === 'v2-infer') checkJsonTensors(json.value, 'body');
    return json.strings.every(({ text }) => isNothing(text)) ? null : 'unsettled';
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** False for everything that `inspectText` would look at twice. */
export function isNothing(text: string): boolean {
  if (!mayHold(text)) return true;
  if (/[\n\r\0]/.test(text) || /^\s*[[{"]/.test(text)) return false;
  for (const { how, bytes } of decodings(text)) {
    if (how === 'latin1' || how === 'data-url') return false;
    if (bytes[0] === 0x28 || bytes[0] === 0x1f || couldBeArtifact(bytes) || codeObjectAt(bytes) !== null) return false;
    if (isText(bytes) ? mayHold(bytes.toString()) : behindPrefix(bytes).next().done !== true) return false;
  }
  return true;
}
