import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Outcome } from '../events/metrics.js';
import type { GateRule, Refusal } from '../model/rules.js';
import { Ending } from './ending.js';
import type { EndingContext } from './http-ending.js';
import { rawProblem } from './problem.js';
import { peerOf } from './recorder.js';
import { closeFrame } from './websocket-frames.js';

type CloseCode = Parameters<typeof closeFrame>[0];

/** RFC 6455, section 7.4.1; what is not here is a message against the policy. */
const CLOSE_CODES: Partial<Record<GateRule, CloseCode>> = {
  'GATE-BUSY': 1011,
  'GATE-SIZE': 1009,
  'GATE-HTTP': 1002,
};
const AGAINST_POLICY: CloseCode = 1008;
const SWITCHED = 101;
/** What a client may take to read why its WebSocket is over. */
const LINGER_MS = 1_000;

/**
 * How something ends of which Node gives the bare socket: what it could not parse, CONNECT, and upgrades with the
 * WebSocket behind them.
 */
export class SocketEnding extends Ending {
  readonly #socket: Socket;
  #isSwitched = false;

  /** `request`: null where there is none that could be parsed. */
  constructor(request: IncomingMessage | null, socket: Socket, context: EndingContext) {
    const client = request === null ? peerOf(socket) : context.proxies.clientOf(request);
    const trace = request === null ? null : context.traceOf(request.headers);
    super({ client, request, trace }, context);
    this.#socket = socket;
    socket.on('error', () => socket.destroy());
  }

  /** The server behind has switched protocols, and the client knows. */
  switched(): void {
    this.#isSwitched = true;
  }

  override finish(outcome: Outcome, status: number = SWITCHED): void {
    super.finish(outcome, status);
  }

  protected override statusOf(refusal: Refusal): number {
    return this.#isSwitched ? SWITCHED : super.statusOf(refusal);
  }

  protected override traffic(): { readonly received: number; readonly sent: number } {
    const { bytesRead, bytesWritten } = this.#socket;
    return this.#isSwitched ? { received: bytesRead, sent: bytesWritten } : { received: 0, sent: 0 };
  }

  protected override answer(refusal: Refusal): void {
    const socket = this.#socket;
    const end = (): void => {
      socket.destroy();
    };
    if (!this.#isSwitched) {
      socket.end(rawProblem(refusal, this.id), end);
      return;
    }
    const timer = setTimeout(end, LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
    socket.end(closeFrame(CLOSE_CODES[refusal.rule] ?? AGAINST_POLICY), end);
  }
}
