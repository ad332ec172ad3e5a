import type { EventTarget } from '../config/gate-config.js';
import { openSink, type EventSink, type SinkHooks } from './sinks.js';

/** The targets of the events that are open. One that stays through a reload is opened anew, and not beside itself. */
export class Targets {
  readonly #open = new Map<string, EventSink>();
  readonly #hooks: SinkHooks;

  constructor(hooks: SinkHooks) {
    this.#hooks = hooks;
  }

  /** The sinks of these targets, all or none; what cannot be opened throws a UsageError. */
  open(targets: readonly EventTarget[]): EventSink[] {
    const fresh = new Map<string, EventSink>();
    try {
      for (const target of targets) {
        const key = keyOf(target);
        if (!this.#open.has(key)) fresh.set(key, openSink(target, this.#hooks));
      }
    } catch (error) {
      for (const sink of fresh.values()) void sink.close();
      throw error;
    }
    for (const [key, sink] of fresh) this.#open.set(key, sink);
    return targets.flatMap((target) => this.#open.get(keyOf(target)) ?? []);
  }

  /** Files that were renamed are written no longer. The words of what could not be opened. */
  reopen(): string[] {
    return [...this.#open.values()].flatMap((sink) => sink.reopen?.() ?? []);
  }

  /** Closes those that none of these lists names. */
  async closeBut(lists: readonly (readonly EventTarget[])[]): Promise<void> {
    const wanted = new Set(lists.flat().map(keyOf));
    const old = [...this.#open].filter(([key]) => !wanted.has(key));
    for (const [key] of old) this.#open.delete(key);
    await Promise.all(old.map(([, sink]) => sink.close()));
  }
}

function keyOf({ to, format }: EventTarget): string {
  return `${format} ${to}`;
}
