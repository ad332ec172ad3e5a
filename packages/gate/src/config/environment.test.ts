import { describe, expect, test } from 'vitest';
import { loadGateConfig } from './load.ts';

const load = (yaml: string, environment: Record<string, string> = {}) =>
  loadGateConfig(`version: 1\n${yaml}routes: [{path: /a, any_json: true}]\n`, 'g.yml', environment);

describe('values of the environment', () => {
  test('stand where they are named, as numbers too', () => {
    const config = load(
      'upstream: "http://${HOST}:${PORT:-8000}"\ninspection:\n  workers: ${WORKERS}\n  deadline_ms: ${MS:-700}\n',
      { HOST: 'model', WORKERS: '3' },
    );
    expect([config.upstream.servers, config.inspection.workers, config.inspection.deadlineMs]).toEqual([
      ['http://model:8000'],
      3,
      700,
    ]);
  });

  test('an empty one takes the default, and no default is an empty text', () => {
    const config = load('upstream: http://a:1\nspool_folder: "/a${EMPTY:-/b}${NONE:-}"\n', { EMPTY: '' });
    expect(config.spoolFolder).toBe('/a/b');
  });

  test('$${ is no reference, and neither is anything in a schema', () => {
    const config = loadGateConfig(
      'version: 1\nupstream: http://a:1\nspool_folder: "/a$${X}"\nroutes: [{path: /a, schema: {const: "${X}"}}]\n',
      'g.yml',
      {},
    );
    expect(config.spoolFolder).toBe('/a${X}');
    expect(config.routes[0]?.policy.schema).toEqual({ const: '${X}' });
  });

  test('what a value holds is no reference itself', () => {
    expect(load('upstream: http://a:1\nspool_folder: ${A}\n', { A: '${B}', B: 'b' }).spoolFolder).toBe('${B}');
  });

  test.each([
    ['upstream: http://${NO}:1\n', '2:11: the environment variable NO is not set, and has no default: ${NO:-default}'],
    ['upstream: http://a:1\nspool_folder: "${"\n', '3:15: ${ begins the name of an environment variable'],
    ['upstream: http://a:1\nspool_folder: "${9}"\n', '3:15: ${ begins the name of an environment variable'],
  ])('%j is an error with its position', (yaml, words) => {
    expect(() => load(yaml)).toThrow(words);
  });
});
