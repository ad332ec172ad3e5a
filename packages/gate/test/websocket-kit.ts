import { connect, type Socket } from 'node:net';

/** How a frame of a WebSocket is written. */
export interface Shape {
  readonly opcode: number;
  readonly last?: boolean;
  readonly masked?: boolean;
}

export function frame(content: Buffer, { opcode, last = true, masked = true }: Shape): Buffer {
  const length =
    content.length < 126
      ? Buffer.from([content.length])
      : content.length < 65_536
        ? Buffer.from([126, content.length >> 8, content.length & 0xff])
        : Buffer.concat([
            Buffer.from([127, 0, 0, 0, 0]),
            Buffer.from([24, 16, 8, 0].map((by) => (content.length >> by) & 0xff)),
          ]);
  length[0] = (length[0] ?? 0) | (masked ? 0x80 : 0);
  const mask = Buffer.from([7, 99, 0xf0, 3]);
  const body = masked ? Buffer.from(content.map((byte, i) => byte ^ (mask[i & 3] ?? 0))) : content;
  return Buffer.concat([Buffer.from([(last ? 0x80 : 0) | opcode]), length, ...(masked ? [mask] : []), body]);
}
export const text = (content: string, shape: Partial<Shape> = {}): Buffer =>
  frame(Buffer.from(content), { opcode: 1, ...shape });
export const binary = (content: Buffer, shape: Partial<Shape> = {}): Buffer => frame(content, { opcode: 2, ...shape });

/** A client of a WebSocket, by its bare socket. */
export interface Talk {
  readonly socket: Socket;
  /** The head of the answer. */
  readonly answer: string;
  /** All that came behind the head of the answer. */
  got(): Buffer;
  /** Fails where it does not become so within three seconds. */
  until(condition: () => boolean): Promise<void>;
}

/** `headers`: further lines of the head, each with its line end. `first`: what is sent with the head. */
export async function openSocket(
  port: number,
  path: string,
  headers = '',
  first: Buffer = Buffer.alloc(0),
): Promise<Talk> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => undefined);
  const head = `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AA==\r\n${headers}\r\n`;
  socket.write(Buffer.concat([Buffer.from(head), first]));
  const all = (): Buffer => Buffer.concat(chunks);
  const until = async (condition: () => boolean): Promise<void> => {
    for (let i = 0; i < 300 && !condition(); i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    if (!condition()) throw new Error('it did not become so in time');
  };
  await until(() => all().includes('\r\n\r\n'));
  const end = (): number => all().indexOf('\r\n\r\n') + 4;
  return { socket, answer: all().toString('latin1', 0, end()), got: () => all().subarray(end()), until };
}
