import type { SourceFlowFact } from '../../model/flow-fact.js';

/** What `recv_serialized` was given is called by it. */
export function isSerialized({ steps }: SourceFlowFact): boolean {
  return steps[0]?.code.includes('recv_serialized') === true;
}
