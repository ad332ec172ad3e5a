import { expect, describe, test, vi, afterEach } from 'vitest';
import { loadGateConfig } from '../config/load.ts';
import { Metrics } from '../events/metrics.ts';
import type { Otlp } from '../events/otlp.ts';
import type { InspectorPoolOptions, StartInspector } from '../isolation/pool.ts';
import type { RoutePolicy } from '../model/route-policy.ts';
import { Clients } from './clients.ts';
import { Generation } from './generation.ts';
import { ANSWER_ROUTE } from './inspector.ts';

const open: Generation[] = [];
afterEach(() => open.splice(0).forEach((one) => one.close()));

/** A generation before inspectors that start when the test says so. */
function generation(inspection = '{}', route = 'any_json: true', line = '', otlp: Otlp | null = null) {
  const routes = `routes: [{path: /a, ${route}}]`;
  const config = loadGateConfig(
    `version: 1
upstream: http://127.0.0.1:9
inspection: ${inspection}
${routes}
${line}`,
    'g.yml',
    {},
  );
  const started: Parameters<StartInspector>[1][] = [];
  let policies: readonly RoutePolicy[] = [];
  const stop = vi.fn<() => void>();
  const startInspector: InspectorPoolOptions['start'] = (given, events) => {
    policies = given;
    started.push(events);
    return { send: () => undefined, stop };
  };
  const metrics = new Metrics([]);
  const one = new Generation({
    config,
    startInspector,
    sinks: [],
    accessLog: null,
    otlp,
    clients: new Clients(config.clients),
    metrics,
    isStopping: () => false,
  });
  open.push(one);
  const isOver = vi.fn<() => void>();
  void one.over.then(isOver);
  return {
    one,
    config,
    policies,
    metrics,
    stop,
    isOver,
    startAll: () => started.forEach((events) => events.message({ kind: 'ready' })),
    inspectors: () => started.length,
  };
}
/** Promises that are resolved have been heard. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a generation', () => {
  test('that is replaced ends with the last request that is in flight, and not before', async () => {
    const { one, stop, isOver } = generation();
    const leave = one.enter();
    const leaveToo = one.enter();
    expect(one.inFlight).toBe(2);
    one.retire();
    leave();
    await turn();
    expect([one.inFlight, isOver.mock.calls.length, stop.mock.calls.length]).toEqual([1, 0, 0]);
    leaveToo();
    await turn();
    expect([one.inFlight, isOver.mock.calls.length]).toEqual([0, 1]);
    expect(stop).toHaveBeenCalled();
  });

  test('without a request ends at once when it is replaced; one in force does not end', async () => {
    const { one, isOver } = generation();
    one.enter()();
    await turn();
    expect(isOver).not.toHaveBeenCalled();
    one.retire();
    await turn();
    expect(isOver).toHaveBeenCalledTimes(1);
  });

  test('that is closed ends what is in flight, each once', async () => {
    const { one, isOver } = generation();
    const ends = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
    const [first] = ends.map((end) => one.enter(end));
    one.enter();
    first?.();
    one.close();
    await turn();
    expect(ends.map((end) => end.mock.calls.length)).toEqual([0, 1, 1]);
    expect(isOver).toHaveBeenCalledTimes(1);
  });

  test('what is entered twice with one function is left twice', () => {
    const { one } = generation();
    const end = (): void => undefined;
    const leave = one.enter(end);
    one.enter(end);
    leave();
    leave();
    expect(one.inFlight).toBe(1);
  });

  test('becomes ready with its inspectors, or not within the time', async () => {
    const { one, startAll } = generation();
    expect([one.isReady, await one.becomesReady(0)]).toEqual([false, false]);
    const before = performance.now();
    expect(await one.becomesReady(50)).toBe(false);
    expect(performance.now() - before).toBeGreaterThanOrEqual(50);
    const waited = one.becomesReady(20_000);
    startAll();
    expect([await waited, one.isReady]).toEqual([true, true]);
  });
});

describe('the inspectors of a generation', () => {
  test('know the routes, each bare as well, and answers', () => {
    const { policies, config } = generation();
    expect(policies.map(({ id }) => id)).toEqual([
      ...config.routes.flatMap(({ policy }) => [policy.id, `bare ${policy.id}`]),
      ANSWER_ROUTE,
    ]);
    const answers = policies.at(-1);
    expect(answers).toMatchObject({ protocol: 'plain', contentTypes: ['*/*'], schema: null, readsAsPython: true });
    expect(answers?.limits).toEqual(config.routes[0]?.policy.limits);
  });

  test('are as many as are configured; bodies on disk and bodies that pass have their own', () => {
    const started = (route?: string): number => generation('{workers: 2, streams: 3}', route).inspectors();
    const binary = 'content_types: [application/octet-stream]';
    expect([
      started(),
      started(`${binary}, spool: {above: 1MiB}`),
      started(`${binary}, stream: {above: 1MiB}`),
    ]).toEqual([2, 3, 5]);
  });
});

test('a generation has spans where a collector is there and its configuration names one', () => {
  const collector = { span: () => undefined } as unknown as Otlp;
  const line = 'otlp: {endpoint: "http://127.0.0.1:9"}\n';
  const traceId = (written: string, otlp: Otlp | null): string | undefined =>
    generation('{}', 'any_json: true', written, otlp).one.context.traceOf({
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    })?.traceId;
  expect([traceId(line, collector), traceId(line, null), traceId('', collector), traceId('', null)]).toEqual([
    'a'.repeat(32),
    undefined,
    undefined,
    undefined,
  ]);
});
