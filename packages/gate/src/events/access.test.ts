import { expect, test } from 'vitest';
import { ACCESS } from '../../test/event-kit.ts';
import { accessLine, loggedPath } from './access.ts';

test('a line of the access log: times in milliseconds, with microseconds', () => {
  expect(JSON.parse(accessLine(ACCESS))).toEqual({
    time: '2026-11-18T11:06:40.000Z',
    request_id: 'r1',
    client_request_id: 'c1',
    client: '192.0.2.7',
    method: 'POST',
    path: '/p',
    route: '0:/p',
    outcome: 'passed',
    rule: null,
    status: 200,
    request_bytes: 12,
    response_bytes: 34,
    duration_ms: 1.234,
    inspection_ms: 1000,
    upstream_ms: null,
    upstream: '127.0.0.1:8000',
  });
  expect(JSON.parse(accessLine({ ...ACCESS, server: null }))).toMatchObject({ upstream: null });
});

test.each([
  ['passed', '/a/b?c=d?e', '/a/b'],
  ['passed', '/a\u00e9', '/a?'],
  ['passed', '?c', ''],
  ['denied', '/a', null],
  ['observed', '/a', null],
  ['failed', '/a', null],
] as const)('the path of what %s: %j', (outcome, target, expected) => {
  expect(loggedPath(outcome, target)).toBe(expected);
});
