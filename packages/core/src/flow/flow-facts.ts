import { sinkOf as loaderOf } from '../catalogue/lookup.js';
import { SHARED_PATH } from '../catalogue/lookup.js';
import { cut } from '../model/escape.js';
import type { Location } from '../model/fact.js';
import type { FlowAddress, FlowKind, FlowStep, SourceFlowFact } from '../model/flow-fact.js';
import type { Identity } from '../model/identity.js';
import { CodeDigests, digestOf } from '../python/code-digest.js';
import { codeLine } from '../python/code-text.js';
import type { Scope } from '../python/scope.js';
import type { Expression } from '../python/syntax.js';
import { Suppressions } from '../python/suppression.js';
import { addressesOf, authenticationAt } from './addresses.js';
import { acceptedIn } from './media-types.js';
import { ADDRESSES_OF_A_KIND, LISTED_LOADERS } from './limits.js';
import { trailTo, type ModuleFlow, type SinkHit } from './module-flow.js';
import { handedLoaders } from './references.js';
import type { Talk } from './package-imports.js';
import { DOWNLOADED } from './member-source.js';
import { isTestPath } from './test-path.js';
import { rebuildersOf, takesReceived, UnshownLoaders } from './unshown.js';
import { rank, stepsOf, type Guard, type Origin, type SinkSite, type Trail } from './value.js';

/** UTF-16 units of a line that are shown of a step, and of the loader itself. */
const CODE_TEXT = 160;
/** Units of a call that are read for a path, and of a step for its line. */
const SHELF_TEXT = 4000;

/** Families that receive what they load. */
const RECEIVING = new Set(['zmq-pyobj', 'connection', 'collective', 'manager']);
/** Loaders whose bytes of unknown origin are listed; unsafe YAML is mostly a configuration. */
const OBJECT_LOADERS = /^(?:pickle|torch|forking)$/;
/** A parameter of such a name is no bytes: what it gives comes from a store. */
const CLIENT = /^_?(?:\w+_)?(?:client|db|database|redis|mongo|bucket|backend)$/i;
/** The same of what is read from one. */
const CLIENT_OR_STORE =
  /^_?(?:\w+_)?(?:client|db|database|redis|mongo|bucket|backend|store|storage|cache|session|collection)$/i;
const OBJECT_TEXTS = /^(?:marshal|jsonpickle|deepdiff)\b/;

/** What is asked of the package around a module where the module itself does not say it. */
interface Surroundings {
  readonly talk: () => Talk | null;
  readonly opensConnections: () => boolean;
}

/** What a module does with bytes from outside. */
export function flowFacts(
  flow: ModuleFlow,
  path: string,
  around: Surroundings = { talk: () => null, opensConnections: () => false },
): readonly SourceFlowFact[] {
  return new FlowFactBuilder(flow, path, around).facts();
}

type Draft = Pick<SourceFlowFact, 'at' | 'what' | 'text' | 'scope'> &
  Partial<SourceFlowFact> & {
    /** The tokens of the loader, of the steps to it, and of its guard. */
    readonly code: readonly string[];
  };

class FlowFactBuilder {
  readonly #flow: ModuleFlow;
  readonly #isTest: boolean;
  readonly #unshown: UnshownLoaders;
  readonly #around: Surroundings;
  readonly #stem: string;
  readonly #drafts: Draft[] = [];
  /** Index of the draft that reports the collectives of the module. */
  #collectives: number | null = null;
  /** Loaders that have got other names. */
  readonly #aliased: Expression[] = [];
  readonly #comments: Suppressions;
  readonly #digests = new Map<Trail['unit'], CodeDigests>();

  constructor(flow: ModuleFlow, path: string, around: Surroundings) {
    this.#flow = flow;
    this.#around = around;
    this.#unshown = new UnshownLoaders(flow, around.talk);
    this.#stem = /([^/\\]+)\.py$/.exec(path)?.[1] ?? '';
    this.#isTest = isTestPath(path);
    this.#comments = new Suppressions(flow.module, flow.unit.locate);
  }

  facts(): readonly SourceFlowFact[] {
    const flow = this.#flow;
    const accepted = acceptedIn(flow);
    const unknown: SinkHit[] = [];
    for (const hit of flow.hits.toSorted((a, b) => a.site.from - b.site.from)) this.#hit(hit, unknown);
    this.#aliases();
    this.#settings(accepted.filter(({ what }) => what === 'setting'));
    for (const { node, scope, what, detail } of accepted)
      if (what !== 'setting') this.#draft(what, node, scope, { detail });
    const addresses = this.#drafts.length + unknown.length === 0 ? [] : addressesOf(flow);
    const isOpen = flow.opensInterface || addresses.some(({ use, reach }) => use === 'bind' && reach !== 'same-host');
    // Beside an open interface: one fact for each kind of loader.
    const beside = isOpen ? unknown.filter(({ site }) => OBJECT_LOADERS.test(site.sink.family)) : [];
    const isTorch = ({ site }: SinkHit): boolean => site.sink.family === 'torch';
    this.#unknown(beside.filter((hit) => !isTorch(hit)));
    this.#unknown(beside.filter((hit) => isTorch(hit)));
    const handed = beside.length > 0 ? [] : handedLoaders(flow, this.#aliased);
    this.#listed(isOpen ? unknown.filter(({ site }) => !OBJECT_LOADERS.test(site.sink.family)) : unknown, handed);
    if (this.#drafts.length === 0) return [];
    const hasOpen = this.#drafts.some(({ guard, sink }) => guard?.isWeak !== false && sink?.setting !== 'safe');
    for (const address of addresses) {
      if (address.reach !== 'any' || address.use !== 'bind' || !hasOpen) continue;
      const { at, address: detail } = address;
      this.#drafts.push({ what: 'bind', at, text: detail, scope: '', detail, code: [] });
    }
    const authentication = authenticationAt(flow);
    const common = {
      kind: 'source.flow' as const,
      sink: null,
      origin: null,
      isDecodedOnReceipt: false,
      steps: [],
      more: 0,
      addresses: fewOf(addresses),
      authentication: authentication === null ? null : this.#note(authentication),
      guard: null,
      condition: null,
      entry: null,
      comments: [],
      registers: accepted.some(({ registers }) => registers),
      isTest: this.#isTest,
      detail: '',
      peerShownBy: null,
    };
    const around = [
      authentication === null ? null : this.#codeOf(flow.unit).ofLine(authentication),
      addresses.map(({ address, use, reach }) => [address, use, reach]),
    ];
    return this.#drafts
      .map(({ code, ...draft }) => ({
        ...common,
        ...draft,
        identity: identityOf({ ...common, ...draft }, [...code, ...around]),
      }))
      .toSorted((a, b) => (a.at.line ?? 0) - (b.at.line ?? 0) || (a.at.offset ?? 0) - (b.at.offset ?? 0));
  }

  /** `loads = pickle.loads` of a module or a class: what it carries is a codec under another name. */
  #aliases(): void {
    const { module, classes } = this.#flow;
    for (const scope of [module.scope, ...classes]) {
      if (scope.kind === 'class' && (scope.path.startsWith('_') || scope.parent?.kind === 'function')) continue;
      for (const [name, bindings] of scope.bindings) {
        // A copy of a module of loaders: who calls it is reported.
        if (name.startsWith('_') || (scope.kind === 'module' && loaderOf(`${this.#stem}.${name}`) !== null)) continue;
        for (const binding of bindings) {
          if (binding.kind !== 'value' || !['attribute', 'name', 'call'].includes(binding.of.value.kind)) continue;
          const { value } = binding.of;
          // The text of a loader is short; a long chain of attributes is none.
          if (value.to - value.from > CODE_TEXT) continue;
          const sinks = module.resolve(binding.of).flatMap((of) => (of.kind === 'path' ? [loaderOf(of.path)] : []));
          const sink = sinks.find((item) => item?.family === 'pickle' && item.takes === 'bytes');
          if (sink === null || sink === undefined) continue;
          this.#aliased.push(value);
          const entry = scope.kind === 'class' ? `${scope.path}.${name}` : name;
          this.#draft('codec', value, scope, {
            sink: { family: sink.family, name: sink.name, setting: 'unsafe' },
            entry,
          });
          break;
        }
      }
    }
  }

  #unknown(hits: readonly SinkHit[]): void {
    const [first] = hits;
    if (first === undefined) return;
    const { site } = first;
    const isOne = hits.length === 1;
    this.#draft(
      'unknown',
      site,
      site.scope,
      {
        sink: sinkOf(first),
        condition: site.condition,
        steps: isOne ? [] : this.#list(hits, 'unknown bytes'),
        more: Math.max(0, hits.length - LISTED_LOADERS),
      },
      isOne ? [] : hits.map((hit) => this.#codeOf(this.#flow.unit).of(hit.site)),
    );
  }

  /** The first calls of one finding. */
  #list(hits: readonly SinkHit[], what: string): readonly FlowStep[] {
    return hits.slice(0, LISTED_LOADERS).map(({ site }) => ({
      at: this.#flow.unit.locate(site.from, site.to),
      text: `${site.sink.name} of ${what}`,
      code: this.#code(site),
    }));
  }

  /** Loaders of a package that talks to others, where no path from there to the loader shows: one fact for each peer. */
  #listed(unknown: readonly SinkHit[], handed: readonly SinkSite[]): void {
    if (unknown.length + handed.length === 0) return;
    const rebuilders = rebuildersOf(this.#flow);
    const listed = unknown.filter((hit) => takesReceived(hit, rebuilders));
    const others = handed.map((site): SinkHit => ({ site, sources: [], parameters: [], isUnknown: true }));
    for (const group of this.#unshown.groups(listed, others)) {
      const { reach, by, isOwn } = group.talk;
      const { hits } = group;
      const [first] = hits;
      this.#draft(
        'unshown',
        first.site,
        first.site.scope,
        {
          sink: sinkOf(first),
          origin: { reach, protocol: `${reach} (${by ?? 'not shown'})`, isClient: false, hasFixedHost: false },
          condition: first.site.condition,
          peerShownBy: by === null ? null : isOwn ? 'module' : 'package',
          detail:
            by === null ? 'no import shows who gives them' : `${isOwn ? 'the module' : 'the package'} imports ${by}`,
          steps: this.#list(hits, 'bytes of unknown origin'),
          more: Math.max(0, hits.length - LISTED_LOADERS),
        },
        hits.map(({ site }) => this.#codeOf(this.#flow.unit).of(site)),
      );
    }
  }

  #draft(
    what: FlowKind,
    node: { readonly from: number; readonly to: number },
    scope: Scope,
    more: Partial<SourceFlowFact>,
    steps: readonly string[] = [],
  ): void {
    const { unit } = this.#flow;
    const at = unit.locate(node.from, node.to);
    const comments = this.#comments.on(node);
    const code = [this.#codeOf(unit).of(node), ...steps];
    this.#drafts.push({ what, at, scope: scope.path, text: this.#code(node), comments, code, ...more });
  }

  #codeOf(unit: Trail['unit']): CodeDigests {
    const known = this.#digests.get(unit) ?? new CodeDigests(unit.module.source.text, this.#flow.checkTime);
    this.#digests.set(unit, known);
    return known;
  }

  #hit(hit: SinkHit, unknown: SinkHit[]): void {
    const { site, sources, parameters } = hit;
    const isHere = site.unit === this.#flow.unit;
    if (RECEIVING.has(site.sink.family)) return this.#receives(hit);
    const outside = sources
      .filter(({ source }) => source !== null && source.reach !== 'local')
      .toSorted((a, b) => rank(a) - rank(b));
    const [worst] = outside;
    if (worst !== undefined) return this.#flowOf(hit, worst, outside.length - 1);
    if (!isHere) return;
    if (site.sink.family === 'shelve') return this.#shelf(hit);
    const codecs = parameters.filter(
      ({ isBytes, parameter, part }) =>
        isBytes &&
        isPublic(parameter?.owner) &&
        !(part === null ? CLIENT : CLIENT_OR_STORE).test(parameter?.name ?? ''),
    );
    // An attribute may be a row of the program's own file: it counts where the package talks to others.
    const codec =
      codecs.find(({ part }) => part === null || part === 'read') ??
      codecs.find(({ part }) => part === 'member' && this.#unshown.talk() !== null);
    if (codec !== undefined) return this.#flowOf(hit, codec, 0);
    // What was downloaded into a file comes from who wrote it there.
    const isLocal = sources.length > 0 && !sources.some(({ source }) => source?.protocol === DOWNLOADED.protocol);
    const isPath = site.sink.takes === 'path' && !site.isStream && !parameters.some(({ isBytes }) => isBytes);
    const isObject = OBJECT_LOADERS.test(site.sink.family) || OBJECT_TEXTS.test(site.sink.name);
    if (site.sink.family === 'forking')
      return this.#draft('receives', site, site.scope, { sink: sinkOf(hit), condition: site.condition });
    const isGuarded =
      closes(site.guard) || (!hit.isUnknown && parameters.length > 0 && parameters.every(({ guard }) => closes(guard)));
    // What a function is given as an open file may be any file: its callers are asked.
    const isFileOfCaller =
      parameters.length > 0 && parameters.every(({ isBytes, part }) => !isBytes && (part === null || part === 'read'));
    if (!isLocal && !isPath && isObject && !isGuarded && !isFileOfCaller) unknown.push(hit);
  }

  #flowOf(hit: SinkHit, origin: Origin, more: number): void {
    const { site } = hit;
    const { unit } = this.#flow;
    const trail = stepsOf(trailTo(origin, site));
    const isHere = site.unit === unit;
    const own = isHere ? site : (trail.findLast((item) => item.unit === unit) ?? site);
    const { source } = origin;
    this.#draft(
      source === null ? 'codec' : 'flow',
      own,
      site.scope,
      {
        sink: sinkOf(hit),
        origin:
          source === null
            ? null
            : {
                reach: source.reach,
                protocol: source.protocol,
                isClient: source.client === true,
                hasFixedHost: origin.fixedHost,
              },
        isDecodedOnReceipt: source?.decodes === true,
        steps: trail.map((item) => this.#step(item)),
        more,
        guard: this.#guard(origin.guard ?? this.#checkedByCallers(origin)),
        condition: site.condition,
        entry: origin.entry ?? origin.parameter?.owner.path ?? this.#flow.entryOf(site.scope),
        scope: isHere ? site.scope.path : '',
      },
      [
        ...trail.map((item) => this.#codeOf(item.unit).of(item)),
        ...(origin.guard === null ? [] : [this.#codeOf(origin.guard.unit).ofLine(origin.guard.at)]),
      ],
    );
  }

  /** A codec whose calls in its own file are given checked bytes only: others may call it as well. */
  #checkedByCallers({ source, parameter }: Origin): Guard | null {
    const call = source === null && parameter !== null ? this.#flow.checkedCallOf(parameter) : null;
    if (call === null) return null;
    return { text: 'each call in this file gives checked bytes', weak: true, unit: this.#flow.unit, at: call.from };
  }

  /** The collectives of one module are one habit, and reported once. */
  #receives(hit: SinkHit): void {
    const { site } = hit;
    if (site.isOfPackage && !this.#around.opensConnections()) return;
    const isCollective = site.sink.family === 'collective';
    const earlier = this.#collectives === null ? undefined : this.#drafts[this.#collectives];
    if (isCollective && this.#collectives !== null && earlier !== undefined) {
      this.#drafts[this.#collectives] = { ...earlier, more: (earlier.more ?? 0) + 1 };
      return;
    }
    if (isCollective) this.#collectives = this.#drafts.length;
    this.#draft('receives', site, site.scope, { sink: sinkOf(hit), condition: site.condition });
  }

  #shelf(hit: SinkHit): void {
    const { site } = hit;
    const path = /\(\s*[rfb]*["']([^"']+)["']/.exec(site.unit.module.textOf(site).slice(0, SHELF_TEXT))?.[1];
    if (path === undefined || !SHARED_PATH.test(path)) return;
    this.#draft('shelf', site, site.scope, { sink: sinkOf(hit), detail: path });
  }

  /** One finding for all settings of a module; where one of them stays, it stays. */
  #settings(all: ReturnType<typeof acceptedIn>): void {
    const [first] = all.toSorted((a, b) => a.node.from - b.node.from);
    if (first === undefined) return;
    this.#draft(
      'setting',
      first.node,
      first.scope,
      {
        detail: all.map(({ detail }) => detail).join('; '),
        steps: all.map(({ node, detail }) => ({
          at: this.#flow.unit.locate(node.from, node.to),
          text: detail,
          code: this.#code(node),
        })),
      },
      all.map(({ node }) => this.#codeOf(this.#flow.unit).of(node)),
    );
  }

  #step({ unit, from, to, text }: Trail): FlowStep {
    return {
      at: unit.locate(from, to),
      text,
      code: codeLine(unit.module, { from, to }, CODE_TEXT),
    };
  }

  #guard(guard: Guard | null): SourceFlowFact['guard'] {
    if (guard === null) return null;
    return { at: guard.unit.locate(guard.at, guard.at + 1), text: guard.text, isWeak: guard.weak };
  }

  #note(at: number): { readonly at: Location; readonly text: string } {
    const { text } = this.#flow.module.source;
    const start = text.lastIndexOf('\n', at) + 1;
    const end = text.indexOf('\n', at);
    return {
      at: this.#flow.unit.locate(at, at + 1),
      text: cut(text.slice(start, end < 0 ? undefined : end).trim(), CODE_TEXT),
    };
  }

  #code(node: { readonly from: number; readonly to: number }): string {
    return codeLine(this.#flow.module, node, CODE_TEXT);
  }
}

/** Of the addresses that say the same, the first ones: each finding shows them. */
function fewOf(addresses: readonly FlowAddress[]): readonly FlowAddress[] {
  const counts = new Map<string, number>();
  return addresses.filter(({ use, reach }) => {
    const count = counts.get(use + reach) ?? 0;
    counts.set(use + reach, count + 1);
    return count < ADDRESSES_OF_A_KIND;
  });
}

function identityOf(fact: Omit<SourceFlowFact, 'identity'>, code: readonly unknown[]): Identity {
  const { what, scope, sink, origin, steps, more, guard, condition, entry, registers, detail } = fact;
  const texts = steps.map(({ text }) => text);
  const subject = [what, scope, sink, origin, texts, more, guard?.isWeak, condition, entry, registers, detail];
  return { of: 'source', digest: digestOf([subject, code]) };
}

function closes(guard: Guard | null): boolean {
  return guard !== null && !guard.weak;
}

function sinkOf({ site }: SinkHit): SourceFlowFact['sink'] {
  return { family: site.sink.family, name: site.sink.name, setting: site.setting };
}

/** Others may call it: no name of its own module, nothing inside of a function, no part of the pickle protocol. */
function isPublic(scope: Scope | undefined): boolean {
  const name = scope?.node?.name ?? '_';
  return (!name.startsWith('_') || name === '__call__') && scope?.parent?.kind !== 'function';
}
