import { append } from '@artifact-sentinel/core/internal';
/** `/v2/models/{model}/infer` as a pattern, or what is wrong with it. */
export function compilePath(path: string): RegExp | string {
  const open = path.endsWith('/**');
  const steps = (open ? path.slice(0, -3) : path).split('/').slice(1);
  const parts: string[] = [];
  for (const [index, step] of steps.entries()) {
    const wild = /^\{\w+(\*?)\}(:[a-z]+)?$/.exec(step);
    // A name with slashes is as many segments.
    if (wild !== null) parts.push(`[^/]+${wild[1] === '*' ? '(?:/[^/]+)*' : ''}${wild[2] ?? ''}`);
    else if (/[{}*]/.test(step))
      return `"${step}" of ${path} is neither a name nor {name} nor {name*} nor {name}:verb nor /** at the end`;
    else if (step === '.' || step === '..' || (step === '' && index < steps.length - 1))
      return `${path} is not a normal path`;
    else parts.push(step.replaceAll(/[.+^$()|[\]\\?]/g, String.raw`\$&`));
  }
  const fixed = parts.map((part) => `/${part}`).join('');
  return new RegExp(`^${fixed}${open ? '(?:/.*)?' : fixed === '' ? '/' : ''}$`, 'u');
}

/**
 * The path of a request target as a route sees it, or null where servers could read it differently: dot segments, also with
 * parameters behind them (`..;`), doubled slashes, encoded dots and control characters, backslashes. An encoded slash stays
 * `%2F`: what it is to the server only a route can tell (see `Matcher`).
 */
export function normalPath(target: string): string | null {
  const path = target.split('?', 1)[0] ?? '';
  if (!path.startsWith('/') || path.includes('\\') || path.includes('#')) return null;
  if (/[^\x21-\x7e]/.test(path) || /%(?![0-9A-Fa-f]{2})/.test(path)) return null;
  if (/%(?:2[eE]|5[cC]|[01][0-9A-Fa-f]|7[fF]|25)/.test(path)) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(path.replaceAll(/%2f/gi, ESCAPED_SLASH));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return null;
  }
  const steps = unescaped(decoded).split('/');
  const isPlain = steps.every((step, index) => {
    const name = step.split(';', 1)[0];
    return name !== '.' && name !== '..' && (step !== '' || index === 0 || index === steps.length - 1);
  });
  return isPlain ? decoded : null;
}

/** The escape of an escaped slash, so that it is left when all others are gone. */
const ESCAPED_SLASH = '%252F';

/** As a server reads it that undoes all escapes before it looks for a handler. */
function unescaped(path: string): string {
  return path.replaceAll('%2F', '/');
}

export interface Matchable {
  readonly path: string;
  readonly methods: readonly string[];
}

/** The routes in their order; those without wildcards first. */
export class Matcher<R extends Matchable> {
  readonly #routes: readonly { readonly route: R; readonly pattern: RegExp }[];

  constructor(routes: readonly R[]) {
    const compiled = routes.flatMap((route) => {
      const pattern = compilePath(route.path);
      return typeof pattern === 'string' ? [] : [{ route, pattern }];
    });
    const rank = ({ route }: { readonly route: R }): number =>
      route.path.endsWith('/**') ? 3 : route.path.includes('{') ? (route.path.includes('}:') ? 1 : 2) : 0;
    this.#routes = compiled.sort((a, b) => rank(a) - rank(b));
  }

  /**
   * The route, or the methods that the path would take. Where a slash is escaped both readings of it have to lead to one route:
   * those of names that may have slashes.
   */
  find(path: string, method: string): { readonly route: R | null; readonly methods: readonly string[] } {
    const found = this.#find(path, method);
    const other = unescaped(path);
    return other === path || this.#find(other, method).route === found.route ? found : { route: null, methods: [] };
  }

  #find(path: string, method: string): { readonly route: R | null; readonly methods: readonly string[] } {
    const methods: string[] = [];
    for (const { route, pattern } of this.#routes) {
      if (!pattern.test(path)) continue;
      if (route.methods.includes(method)) return { route, methods: route.methods };
      append(methods, route.methods);
    }
    return { route: null, methods };
  }
}
