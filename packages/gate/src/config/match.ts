import { append } from '@artifact-sentinel/core/internal';
/** `/v2/models/{model}/infer` as a pattern, or what is wrong with it. */
export function compilePath(path: string): RegExp | string {
  const open = path.endsWith('/**');
  const steps = (open ? path.slice(0, -3) : path).split('/').slice(1);
  const parts: string[] = [];
  for (const [index, step] of steps.entries()) {
    const wild = /^\{\w+\}(:[a-z]+)?$/.exec(step);
    if (wild !== null) parts.push(`[^/]+${wild[1] ?? ''}`);
    else if (/[{}*]/.test(step))
      return `"${step}" of ${path} is neither a name nor {name} nor {name}:verb nor /** at the end`;
    else if (step === '.' || step === '..' || (step === '' && index < steps.length - 1))
      return `${path} is not a normal path`;
    else parts.push(step.replaceAll(/[.+^$()|[\]\\?]/g, String.raw`\$&`));
  }
  const fixed = parts.map((part) => `/${part}`).join('');
  return new RegExp(`^${fixed}${open ? '(?:/.*)?' : fixed === '' ? '/' : ''}$`, 'u');
}

/**
 * The path of a request target as a route sees it, or null where servers could read it differently: dot segments, doubled
 * slashes, encoded slashes, dots and control characters, backslashes.
 */
export function normalPath(target: string): string | null {
  const path = target.split('?', 1)[0] ?? '';
  if (!path.startsWith('/') || path.includes('//') || path.includes('\\') || path.includes('#')) return null;
  if (/[^\x21-\x7e]/.test(path) || /%(?![0-9A-Fa-f]{2})/.test(path)) return null;
  if (/%(?:2[fFeE]|5[cC]|[01][0-9A-Fa-f]|7[fF]|25)/.test(path)) return null;
  if (path.split('/').some((step) => step === '.' || step === '..')) return null;
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return null;
  }
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

  /** The route, or the methods that the path would take. */
  find(path: string, method: string): { readonly route: R | null; readonly methods: readonly string[] } {
    const methods: string[] = [];
    for (const { route, pattern } of this.#routes) {
      if (!pattern.test(path)) continue;
      if (route.methods.includes(method)) return { route, methods: route.methods };
      append(methods, route.methods);
    }
    return { route: null, methods };
  }
}
