import type { Work } from '@artifact-sentinel/core/node/internal';
import { inspectBody } from '../inspect/body.js';
import { sha256 } from '../inspect/engine.js';
import { compileSchema, type SchemaCheck } from '../inspect/schema.js';
import { Ahead } from '../inspect/passing/ahead.js';
import { inspectPassing } from '../inspect/passing/body.js';
import type { InspectionJob, RoutePolicy } from '../model/route-policy.js';
import { Refused, type Refusal } from '../model/rules.js';
import { openMessage, pathInMessage } from '../protobuf/open-message.js';
import { windowSource } from '../inspect/window-source.js';
import type { Given, Verdict, Wanted, WorkerSetup } from './messages.js';

interface Prepared {
  readonly policy: RoutePolicy;
  readonly check: SchemaCheck | null;
}

/** The inspecting side: knows the routes' policies, and nothing of clients, upstreams or events. */
export function inspecting({ policies }: WorkerSetup): Work<InspectionJob, Verdict, Wanted, Given> {
  const routes: ReadonlyMap<string, Prepared> = new Map(
    policies.map((policy) => [
      policy.id,
      { policy, check: policy.schema === null ? null : compileSchema(policy.schema) },
    ]),
  );
  return async (job, ask) => {
    const route = routes.get(job.route);
    if (route === undefined) throw new Error(`no policy for the route ${job.route}`);
    const { policy, check } = route;
    const fetch = async (offset: number, length: number, settled = 0): Promise<Uint8Array> => {
      const { given, isGone } = await ask({ offset, length, settled });
      if (isGone === true) throw new Refused(GONE);
      return given;
    };
    if (job.passing !== undefined)
      return { refusal: await inspectPassing(job, policy, check, new Ahead(job.passing, fetch)), sha256: null };
    const source = job.spooled === undefined ? null : windowSource(job.spooled, fetch);
    if (job.grpc !== undefined) return inspectMessage(job, policy);
    const refusal = await inspectBody(job, policy, check, source);
    // The digest of what lies on disk is known to the side that has it.
    return { refusal, sha256: refusal === null || source !== null ? null : sha256(job.body) };
  };
}

async function inspectMessage(job: InspectionJob, policy: RoutePolicy): Promise<Verdict> {
  const opened = openMessage(job, policy.limits);
  const refusal = 'rule' in opened ? opened : await inspectBody(opened, policy, null);
  return refusal === null
    ? { refusal: null, sha256: null }
    : { refusal: pathInMessage(refusal), sha256: sha256(job.body) };
}

const GONE: Refusal = {
  rule: 'GATE-ABORTED',
  signal: 'aborted',
  path: 'body',
  detail: 'nobody waits for the answer',
  offset: null,
  format: null,
  sha256: null,
};
