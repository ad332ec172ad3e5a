import type { Work } from '@artifact-sentinel/core/node/internal';
import { sha256 } from '../inspect/engine.js';
import { compileSchema, type SchemaCheck } from '../inspect/schema.js';
import { Ahead, Held, type Feed, type FetchNext } from '../inspect/feed.js';
import { inspectRequest } from '../inspect/walker.js';
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
    const fetch: FetchNext = async (offset, length, settled) => {
      const { given, isGone } = await ask({ offset, length, settled });
      if (isGone === true) throw new Refused(GONE);
      return given;
    };
    if (job.grpc !== undefined) return inspectMessage(job, policy);
    const { refusal, also } = await inspectRequest(job, policy, check, feedOf(job, fetch));
    // The digest of what is not held is known to the side that has it.
    const isHeld = job.passing === undefined && job.spooled === undefined;
    const isClean = refusal === null && also.length === 0;
    return { refusal, also, sha256: isClean || !isHeld ? null : sha256(job.body) };
  };
}

/** A message of gRPC, in the form that the same request has over HTTP. */
async function inspectMessage(job: InspectionJob, policy: RoutePolicy): Promise<Verdict> {
  const opened = openMessage(job, policy.limits);
  const shown = (refusal: Refusal): Refusal => pathInMessage(refusal, job.grpc?.isAnswer);
  if ('rule' in opened) return { refusal: shown(opened), sha256: sha256(job.body) };
  const body = Buffer.from(opened.body.buffer, opened.body.byteOffset, opened.body.length);
  const { refusal, also } = await inspectRequest(opened, policy, null, new Held(body));
  if (refusal === null && also.length === 0) return { refusal, also, sha256: null };
  return {
    refusal: refusal === null ? null : shown(refusal),
    also: also.map(shown),
    sha256: sha256(job.body),
  };
}

/** The body: as it comes, as it lies on disk, or as it is held. */
function feedOf(job: InspectionJob, fetch: FetchNext): Feed {
  if (job.passing !== undefined) return new Ahead(job.passing, fetch);
  if (job.spooled !== undefined)
    return Ahead.of(windowSource(job.spooled, (offset, length) => fetch(offset, length, 0)));
  return new Held(Buffer.from(job.body.buffer, job.body.byteOffset, job.body.length));
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
