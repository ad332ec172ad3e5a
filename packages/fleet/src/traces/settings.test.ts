import { expect, test } from 'vitest';
import { openTracer } from './settings.js';

const open = (variables: Readonly<Record<string, string>>) =>
  openTracer(
    (name) => variables[name],
    (line) => expect.unreachable(line),
  );
const COLLECTOR = 'http://127.0.0.1:4318';

/** Whether a trace that begins here is kept, by the flag that is passed on. */
function isKept(variables: Readonly<Record<string, string>>): boolean {
  return open(variables).begin('x', 'server', undefined).traceparent.endsWith('-01');
}

test.each([
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${COLLECTOR}/x` }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_SDK_DISABLED: 'TRUE' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_TRACES_EXPORTER: 'none' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, false],
  [
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    },
    false,
  ],
])('%j: new traces are kept: %s', (variables, expected) => {
  expect(isKept(variables as Record<string, string>)).toBe(expected);
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'web address'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'over HTTP'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_EXPORTER_OTLP_HEADERS: '=secret' }, 'name=value'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_EXPORTER_OTLP_HEADERS: 'a=%zz' }, 'name=value'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR, OTEL_TRACES_SAMPLER: 'always_on' }, 'OTEL_TRACES_SAMPLER'],
  [
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: COLLECTOR,
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '2',
    },
    '0 to 1',
  ],
])('%j is refused', (variables, why) => {
  expect(() => open(variables as Record<string, string>)).toThrow(why);
  // What a variable holds may be a secret.
  expect(() => open(variables as Record<string, string>)).not.toThrow(/%zz|=secret/);
});
