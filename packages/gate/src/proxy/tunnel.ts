import type { IncomingMessage } from 'node:http';
import { pipeline, type Duplex } from 'node:stream';
import type { Route } from '../config/gate-config.js';
import type { ExchangeContext } from './exchange.js';
import { forwardedHeaders, pairs } from './headers.js';
import { headRefusal, rawProblem } from './problem.js';
import { peerOf } from './recorder.js';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

/** A WebSocket, byte for byte in both directions: the route says that it may, and nothing of it is inspected. */
export function tunnel(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  route: Route,
  context: ExchangeContext,
): void {
  const requestId = randomUUID();
  const peer = peerOf(socket as Socket);
  const { config, upstream, recorder, metrics } = context;
  const headers = forwardedHeaders(request, {
    upstreamHost: upstream.host,
    client: peer.address,
    isTrusted: config.trustForwarded.includes(peer.address),
    requestId,
    length: null,
    upgrade: true,
  });
  const fail = (signal: string): void => {
    const refusal = headRefusal('GATE-UPSTREAM', signal, 'the server behind the gate did not switch protocols');
    recorder.record(refusal, {
      requestId,
      route: route.id,
      disposition: 'failed',
      client: peer,
      request,
      bytes: 0,
      sha256: null,
    });
    metrics.requests.add({ route: route.id, outcome: 'failed' });
    socket.end(rawProblem(refusal, requestId), () => socket.destroy());
  };
  socket.on('error', () => socket.destroy());
  upstream.open(
    {
      method: 'GET',
      target: request.url ?? '/',
      headers,
      connectMs: config.timeouts.connectMs,
      answerMs: route.answerMs,
    },
    (out) => out.end(),
    false,
    {
      onAnswer: (answer) => {
        answer.destroy();
        fail('no-upgrade');
      },
      onFault: fail,
      onUpgrade: (answer, other, rest) => {
        const lines = [...pairs(answer.rawHeaders)].map(([name, value]) => `${name}: ${value}\r\n`).join('');
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines}\r\n`);
        if (rest.length > 0) socket.write(rest);
        if (head.length > 0) other.write(head);
        metrics.requests.add({ route: route.id, outcome: 'passed' });
        pipeline(socket, other, () => other.destroy());
        pipeline(other, socket, () => socket.destroy());
      },
    },
  );
}
