import { expect, test } from 'vitest';
import type { Access } from '../events/access.ts';
import type { RecordContext } from '../proxy/ending.ts';
import { headRefusal } from '../proxy/problem.ts';
import { CallEnding, callRequest } from './call-ending.ts';
import type { ClientSide } from './client-side.ts';

function ending(isCall: boolean) {
  const accesses: Access[] = [];
  const sent: unknown[] = [];
  const records = {
    recorder: { record: () => undefined },
    onAccess: (access: Access) => accesses.push(access),
  } as unknown as RecordContext;
  const client = {
    status: (code: number) => sent.push(code),
    http: (status: number, headers: object, body: Buffer) => sent.push([status, headers, body.length]),
  } as unknown as ClientSide;
  const subject = { client: { address: '192.0.2.7', port: 1 }, request: null, trace: null };
  const made = new CallEnding(client, subject, records, isCall);
  let ends = 0;
  made.onEnd = () => (ends += 1);
  return { made, accesses, sent, ends: () => ends };
}

const SIZE = headRefusal('GATE-SIZE', 's', 'd');

test('a call ends once, however often it is ended', () => {
  const { made, accesses, sent, ends } = ending(true);
  made.deadline();
  made.deadline();
  made.cancelled();
  made.refuse(SIZE);
  made.finish('passed');
  expect([sent, ends()]).toEqual([[4], 1]);
  expect(accesses).toMatchObject([{ outcome: 'failed', status: 200 }]);
});

test('a refusal is a status of gRPC: its own, or that of the reset', () => {
  const own = ending(true);
  own.made.refuse(SIZE);
  expect([own.sent, own.accesses[0]?.status]).toEqual([[8], 200]);
  const other = ending(true);
  other.made.refuseAs(1, SIZE);
  expect(other.sent).toEqual([1]);
});

test('what is no call is answered as HTTP', () => {
  const { made, accesses, sent } = ending(false);
  made.refuse(SIZE);
  const [[, , length]] = sent as [[number, object, number]];
  expect(sent).toEqual([[413, { 'content-type': 'application/problem+json', 'content-length': length }, length]]);
  expect(accesses[0]?.status).toBe(413);
});

test('of the metadata records have what says what it is', () => {
  const headers = { ':method': 'POST', ':path': '/a.B/C', 'content-type': 'application/grpc', authorization: 'secret' };
  expect(callRequest(headers)).toEqual({
    method: 'POST',
    url: '/a.B/C',
    headers: { 'content-type': 'application/grpc' },
  });
  expect(callRequest({})).toMatchObject({ method: 'unknown', url: '' });
});
