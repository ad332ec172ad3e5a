import { JobLoop, type ToWorker } from '@artifact-sentinel/core/node/internal';
import type { CreateOptions } from '../src/index.ts';
import { extProcServer } from '../src/ext-proc/server.ts';
import { grpcServer } from '../src/grpc/server.ts';
import type { Given, Verdict, Wanted } from '../src/isolation/messages.ts';
import type { StartInspector } from '../src/isolation/pool.ts';
import { inspecting } from '../src/isolation/serve.ts';
import type { InspectionJob } from '../src/model/route-policy.ts';
import { Gate } from '../src/proxy/gate.ts';

/** Inspectors of this thread: they find the same, and start at once. For tests of what lies before them. */
export const startNear: StartInspector = (policies, events) => {
  let isStopped = false;
  // An answer comes later, as that of a thread does.
  const loop = new JobLoop<InspectionJob, Verdict, Wanted, Given>((message) => {
    setImmediate(() => {
      if (!isStopped) events.message(message);
    });
  }, inspecting({ policies }));
  return {
    send: (message) => loop.receive(joined(message)),
    stop: () => {
      isStopped = true;
    },
  };
};

/** A body in pieces is one when an inspector has it. */
function joined(message: ToWorker<InspectionJob, Given>): ToWorker<InspectionJob, Given> {
  if (message.kind === 'reply') return message;
  return {
    ...message,
    jobs: message.jobs.map(({ id, payload }) => ({
      id,
      payload: payload.pieces === undefined ? payload : { ...payload, body: Buffer.concat(payload.pieces) },
    })),
  };
}

/** A gate as `createGate` makes it, with near inspectors; `adminThread` is a built file. */
export function nearGate({ config, sinks = [] }: CreateOptions, adminThread: string): Gate {
  const { grpc, extProc } = config;
  return new Gate({
    config,
    sinks,
    adminThread,
    startInspector: () => startNear,
    listeners: [
      ...(grpc?.server ? [grpcServer(grpc, grpc.server)] : []),
      ...(extProc === null ? [] : [extProcServer(extProc)]),
    ],
  });
}
