import { afterEach, expect, test } from 'vitest';
import { loadGateConfig } from '../config/load.ts';
import { Metrics } from '../events/metrics.ts';
import type { Otlp } from '../events/otlp.ts';
import { Clients } from './clients.ts';
import { Generation } from './generation.ts';

const open: Generation[] = [];
afterEach(() => open.splice(0).forEach((one) => one.close()));

test('has spans where a collector is there and its configuration names one', () => {
  const otlp = { span: () => undefined } as unknown as Otlp;
  const traceId = (line: string, collector: Otlp | null): string | undefined => {
    const text = `version: 1\nupstream: http://127.0.0.1:9\nroutes: [{path: /a, any_json: true}]\n${line}`;
    const config = loadGateConfig(text, 'g.yml', {});
    const one = new Generation({
      config,
      startInspector: () => ({ send: () => undefined, stop: () => undefined }),
      sinks: [],
      accessLog: null,
      otlp: collector,
      clients: new Clients(config.clients),
      metrics: new Metrics([]),
      isStopping: () => false,
    });
    open.push(one);
    return one.context.traceOf({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` })?.traceId;
  };
  const line = 'otlp: {endpoint: "http://127.0.0.1:9"}\n';
  expect([traceId(line, otlp), traceId(line, null), traceId('', otlp), traceId('', null)]).toEqual([
    'a'.repeat(32),
    undefined,
    undefined,
    undefined,
  ]);
});
