import { loadPolicy, RULES } from '@artifact-sentinel/core';
import { UsageError } from '@artifact-sentinel/core/internal';
import { serveCollector } from './collector.js';
import { Lead } from './lead.js';
import type { Answers, FromWorker, Request, ToWorker } from './protocol.js';
import type { OpenRemote } from './remote-files.js';

/** What a worker has of its scope, which the types of a page do not know. */
interface WorkerScope {
  postMessage(message: FromWorker): void;
  addEventListener(kind: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}
const scope = globalThis as unknown as WorkerScope;

async function answer(lead: Lead, request: Request): Promise<Answers[keyof Answers]> {
  switch (request.kind) {
    case 'scan':
      return lead.scan(request.order, request.ports);
    case 'scan-remote':
      return lead.scanRemote(request.address, request.policy);
    case 'look':
      return lead.look(request.files);
    case 'open':
      return lead.open(request.text, request.file);
    case 'policy':
      // Throws where it is not.
      loadPolicy(request.policy.text, request.policy.file);
      return null;
    case 'hash':
      return lead.hash(request.choice);
    case 'stop-hashing':
      return lead.stopHashing();
    case 'render':
      return lead.render(request.format, request.choice);
    case 'trace':
      return lead.trace(request.path);
    case 'contents':
      return lead.contents(request.path);
    case 'bytes':
      return lead.bytes(request.path, request.member, request.offset, request.length);
  }
}

async function serve(lead: Lead, id: number, request: Request): Promise<void> {
  try {
    scope.postMessage({ kind: 'answer', id, value: await answer(lead, request) });
  } catch (error) {
    // A broken policy or report, or a file that is gone, is said to the person; anything else is a bug and surfaces as such.
    if (error instanceof UsageError || error instanceof DOMException)
      scope.postMessage({ kind: 'refused', id, reason: error.message });
    else
      scope.postMessage({
        kind: 'broken',
        id,
        reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  }
}

/** The program of a worker. `openRemote`: null where nothing is read but what was dropped. */
export function serveWorker(openRemote: OpenRemote | null): void {
  const lead = new Lead((event) => scope.postMessage({ kind: 'event', event }), openRemote);
  scope.addEventListener('message', ({ data }) => {
    switch (data.kind) {
      case 'collect-for':
        serveCollector(data.port);
        return;
      case 'lose-collector':
        lead.loseCollector(data.index, data.reason);
        return;
      case 'lead':
        scope.postMessage({ kind: 'event', event: { kind: 'ready', rules: RULES.map(({ meta }) => meta) } });
        return;
      case 'ask':
        void serve(lead, data.id, data.request);
    }
  });
}
