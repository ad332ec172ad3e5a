import { describe, expect, test } from 'vitest';
import { eventOf } from '../../test/event-kit.ts';
import { GATE_RULES } from '../model/rules.ts';
import { toEcs } from './ecs.ts';
import type { GateEvent } from './event.ts';
import { toOcsf } from './ocsf.ts';

const failed = (more: Partial<GateEvent> = {}): object =>
  toOcsf(
    eventOf({ disposition: 'failed', status: 502, refusal: { ...eventOf().refusal, rule: 'GATE-UPSTREAM' }, ...more }),
  );

describe('an HTTP Activity', () => {
  // OCSF 1.3.0, http_activity, activity_id.
  test.each([
    ['CONNECT', 1, 'Connect'],
    ['DELETE', 2, 'Delete'],
    ['GET', 3, 'Get'],
    ['HEAD', 4, 'Head'],
    ['OPTIONS', 5, 'Options'],
    ['POST', 6, 'Post'],
    ['PUT', 7, 'Put'],
    ['TRACE', 8, 'Trace'],
  ])('%s has its number', (method, id, name) => {
    expect(failed({ method })).toMatchObject({
      activity_id: id,
      activity_name: name,
      type_uid: 400_200 + id,
      type_name: `HTTP Activity: ${name}`,
      http_request: { http_method: method },
    });
  });

  test('another method is of no number, and has its name', () => {
    expect(failed({ method: 'PATCH' })).toMatchObject({
      activity_id: 99,
      activity_name: 'PATCH',
      type_uid: 400_299,
      type_name: 'HTTP Activity: Other',
    });
  });

  test('its class, its result and what there is of the request', () => {
    expect(failed()).toEqual({
      metadata: {
        version: '1.3.0',
        product: { name: 'Sentinel Gate', vendor_name: 'Sentinel', version: expect.any(String) },
        correlation_uid: 'r1',
        uid: 'e1',
      },
      category_uid: 4,
      category_name: 'Network Activity',
      class_uid: 4002,
      class_name: 'HTTP Activity',
      activity_id: 6,
      activity_name: 'Post',
      type_uid: 400_206,
      type_name: 'HTTP Activity: Post',
      time: 1_795_000_000_000,
      severity_id: 2,
      severity: 'Low',
      status_id: 2,
      status: 'Failure',
      status_code: 'GATE-UPSTREAM',
      status_detail: 's',
      message: `${GATE_RULES['GATE-UPSTREAM'].title}: d`,
      src_endpoint: { ip: '192.0.2.7', port: 40_000 },
      dst_endpoint: { ip: '127.0.0.1', port: 8000 },
      http_request: { uid: 'r1', http_method: 'POST', url: { path: '/p' }, length: 12 },
      http_response: { code: 502 },
    });
  });

  test.each<readonly [string, Partial<GateEvent>, readonly string[]]>([
    ['a route', { route: '0:/p' }, ['route:0:/p']],
    ['the id of the client', { clientRequestId: 'c1' }, ['client_request_id:c1']],
    ['both', { route: '0:/p', clientRequestId: 'c1' }, ['route:0:/p', 'client_request_id:c1']],
  ])('%s as labels', (_what, more, labels) => {
    expect(failed(more)).toHaveProperty('metadata.labels', labels);
  });

  test('without a path there is no URL', () => {
    expect(failed({ path: '' })).not.toHaveProperty('http_request.url');
  });
});

const EXCEPTION = { owner: 'team', why: 'because', expires: '2027-01-01' } as unknown as NonNullable<
  GateEvent['exception']
>;

describe('a Detection Finding', () => {
  test('of what has neither id, exception nor digest these are not there', () => {
    const finding = toOcsf(eventOf());
    expect(finding).toMatchObject({
      category_uid: 2,
      class_uid: 2004,
      activity_id: 1,
      type_uid: 200_401,
      finding_info: {
        types: ['GATE-PICKLE'],
        analytic: { uid: 'GATE-PICKLE', type_id: 1 },
        attacks: [{ tactics: [{ uid: 'TA0001' }], technique: { uid: 'T1190' } }],
      },
    });
    expect(finding).not.toHaveProperty('metadata.labels');
    expect(finding).not.toHaveProperty('evidences[0].data.client_request_id');
    expect(finding).not.toHaveProperty('evidences[0].data.exception');
    expect(finding).toHaveProperty('observables', [
      { name: 'evidences[].src_endpoint.ip', type_id: 2, type: 'IP Address', value: '192.0.2.7' },
    ]);
  });

  test('what let it pass and what the client calls it', () => {
    const finding = toOcsf(eventOf({ disposition: 'allowed', exception: EXCEPTION, clientRequestId: 'c1' }));
    expect(finding).toHaveProperty('metadata.labels', ['exception:team']);
    expect(finding).toHaveProperty('evidences[0].data.exception', EXCEPTION);
    expect(finding).toHaveProperty('evidences[0].data.client_request_id', 'c1');
  });
});

describe('ECS', () => {
  test('labels of what has an exception and an id of its client', () => {
    const made = toEcs(eventOf({ disposition: 'allowed', exception: EXCEPTION, clientRequestId: 'c1' }));
    expect(made).toHaveProperty('labels', {
      route: 'none',
      client_request_id: 'c1',
      place: 'body',
      exception_owner: 'team',
      exception_why: 'because',
      exception_expires: '2027-01-01',
    });
  });

  test.each([
    ['denied', 'alert', 'denied', 'failure', true],
    ['allowed', 'alert', 'allowed', 'success', true],
    ['failed', 'event', 'error', 'failure', false],
  ] as const)('what is %s', (disposition, kind, type, outcome, isThreat) => {
    const made = toEcs(eventOf({ disposition }));
    expect(made).toMatchObject({ event: { kind, type: [type], outcome } });
    expect('threat' in made).toBe(isThreat);
  });
});
