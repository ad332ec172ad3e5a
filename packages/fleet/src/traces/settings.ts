import { OtlpExporter } from '@artifact-sentinel/core/node/internal';
import { MAX_WAITING_SPANS } from '../limits.js';
import { RefusedError } from '../model/errors.js';
import { Tracer } from './tracer.js';

const VERSION = '0.1.0';

/**
 * The tracer that the variables of OpenTelemetry ask for (specification 1.x, "OpenTelemetry Environment Variable Specification" and
 * "OpenTelemetry Protocol Exporter"): nothing is exported without an endpoint. `onLine`: a line for the one who started the program.
 * Throws a RefusedError.
 */
export function openTracer(variable: (name: string) => string | undefined, onLine: (line: string) => void): Tracer {
  const set = (name: string): string | undefined => {
    const value = variable(name)?.trim();
    // An empty variable is one that is not set.
    return value === '' ? undefined : value;
  };
  const base = set('OTEL_EXPORTER_OTLP_ENDPOINT');
  // The one for traces is taken as it is.
  const traces = set('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? (base === undefined ? null : below(base));
  if (traces === null || set('OTEL_SDK_DISABLED')?.toLowerCase() === 'true' || set('OTEL_TRACES_EXPORTER') === 'none')
    return new Tracer();
  if (!URL.canParse(traces) || !/^https?:$/.test(new URL(traces).protocol))
    throw wrong('OTEL_EXPORTER_OTLP_ENDPOINT is a web address, such as http://collector:4318');
  const protocol = set('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? set('OTEL_EXPORTER_OTLP_PROTOCOL') ?? 'http/json';
  if (!protocol.startsWith('http/'))
    throw wrong(`OTEL_EXPORTER_OTLP_PROTOCOL is ${protocol}: only OTLP over HTTP is spoken (http/json)`);
  let lost = 0;
  const exporter = new OtlpExporter({
    traces,
    metrics: null,
    headers: headersOf(set('OTEL_EXPORTER_OTLP_TRACES_HEADERS') ?? set('OTEL_EXPORTER_OTLP_HEADERS') ?? ''),
    resource: { 'service.name': set('OTEL_SERVICE_NAME') ?? 'sentinel-fleet', 'service.version': VERSION },
    scope: { name: 'sentinel.fleet', version: VERSION },
    mostSpans: MAX_WAITING_SPANS,
    onLost: (count) => {
      if (lost === 0) onLine('the collector does not take spans: they are lost');
      lost += count;
    },
  });
  return new Tracer(
    exporter,
    sampleOf(set('OTEL_TRACES_SAMPLER') ?? 'parentbased_always_on', set('OTEL_TRACES_SAMPLER_ARG')),
  );
}

function below(base: string): string {
  return `${base.replace(/\/$/, '')}/v1/traces`;
}

/** `name=value,name=value`, values percent-encoded as in baggage. */
function headersOf(text: string): Readonly<Record<string, string>> {
  const headers = text.split(',').flatMap((pair) => {
    if (pair.trim() === '') return [];
    const at = pair.indexOf('=');
    const value = decoded(pair.slice(at + 1).trim());
    // The value is a secret: it is not shown.
    if (at < 1 || value === null) throw wrong('OTEL_EXPORTER_OTLP_HEADERS is a list name=value,name=value');
    return [[pair.slice(0, at).trim(), value] as const];
  });
  return Object.fromEntries(headers);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return null;
  }
}

function sampleOf(sampler: string, argument: string | undefined): number {
  if (sampler === 'parentbased_always_on') return 1;
  if (sampler === 'parentbased_always_off') return 0;
  const part = Number(argument ?? '1');
  if (sampler !== 'parentbased_traceidratio' || !(part >= 0 && part <= 1))
    throw wrong(
      'OTEL_TRACES_SAMPLER is parentbased_always_on, parentbased_always_off or parentbased_traceidratio, whose argument is 0 to 1',
    );
  return part;
}

function wrong(why: string): RefusedError {
  return new RefusedError(400, 'bad-setting', why);
}
