import type { ByteSource } from '../../bytes/source.js';
import type { Formats, Recognised } from './look.js';
import { HEAD_BYTES, type Format, type NamePromise } from '../../model/format.js';
import type { FormatModule } from './format.js';

/** Recognition and promised names, from the modules. */
export class FormatTable implements Formats {
  readonly #modules: Readonly<Record<Format, FormatModule>>;
  /** Formats that bytes can be, by the first of them, in the order of the modules. */
  readonly #byFirst: readonly (readonly (readonly [Format, FormatModule])[])[];
  readonly #weak: readonly (readonly [Format, NonNullable<Extract<FormatModule, { open: unknown }>['weakly']>])[];
  readonly #behind: readonly (readonly [Format, NonNullable<FormatModule['recogniseBehind']>])[];
  readonly #promises: ReadonlyMap<string, NamePromise>;
  readonly #longestEnd: number;

  constructor(modules: Readonly<Record<Format, FormatModule>>) {
    this.#modules = modules;
    const all = Object.entries(modules) as [Format, FormatModule][];
    this.#byFirst = Array.from({ length: 256 }, (_, first) =>
      all.filter(([, { firstBytes }]) => firstBytes === null || firstBytes.includes(first)),
    );
    this.#weak = all.flatMap(([format, module]) =>
      'weakly' in module && module.weakly !== undefined ? [[format, module.weakly] as const] : [],
    );
    this.#behind = all.flatMap(([format, { recogniseBehind }]) =>
      recogniseBehind === undefined ? [] : [[format, recogniseBehind] as const],
    );
    this.#promises = new Map(
      all.flatMap(([format, { promises }]) =>
        promises.flatMap(([ends, words]) => ends.split(' ').map((end) => [end, { format, words }] as const)),
      ),
    );
    this.#longestEnd = [...this.#promises.keys()].reduce((longest, end) => Math.max(longest, end.length), 0);
  }

  module(format: Format): FormatModule {
    return this.#modules[format];
  }

  formatOf(head: Uint8Array): Format {
    if (head.length === 0) return 'empty';
    for (const [format, module] of this.#byFirst[head[0] ?? 0] ?? []) if (module.recognise(head)) return format;
    return 'maybe-pickle';
  }

  recognise(head: Uint8Array): Recognised {
    const format = this.formatOf(head);
    const others: Format[] = [];
    for (const [other, weakly] of this.#weak)
      if (other !== format && weakly.recognise(head, format, this.isOpaque(format))) others.push(other);
    return { format, others };
  }

  /** A format that begins behind the head of a source whose head is of none; null where there is no such. */
  async formatBehind(source: ByteSource, name: string): Promise<Format | null> {
    const promised = this.promisedBy(name)?.format;
    for (const [format, recogniseBehind] of this.#behind)
      if (await recogniseBehind(source, format === promised)) return format;
    return null;
  }

  formatAtHead(source: ByteSource): Format | Promise<Format> {
    const read = source.read(0, HEAD_BYTES);
    return read instanceof Promise ? read.then((head) => this.formatOf(head)) : this.formatOf(read);
  }

  isOpaque(format: Format): boolean {
    return 'opaque' in this.#modules[format];
  }

  endsInZip(format: Format): boolean {
    const module = this.#modules[format];
    return 'endsInZip' in module;
  }

  promisedBy(name: string): NamePromise | null {
    const dot = name.lastIndexOf('.');
    if (dot < 0 || name.length - dot - 1 > this.#longestEnd) return null;
    return this.#promises.get(name.slice(dot + 1).toLowerCase()) ?? null;
  }
}
