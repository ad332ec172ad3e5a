import type { RunObserver } from '../pickle/drive.js';
import type { TraceEvent } from '../pickle/machine-state.js';
import type { Reading } from '../streams/stream-result.js';
import type { StreamRole, Value } from '../model/fact.js';
import { line, sameText, type Line } from './lines.js';
import { EarlyMarks, type Subject } from './marks.js';
import { Names } from './names.js';
import { MAX_MARKED_LINES, MAX_TRACE_LINES } from '../model/limits.js';

type EventOf<K extends TraceEvent['kind']> = Extract<TraceEvent, { readonly kind: K }>;

/** Turns what one run of a stream tells into the lines of a program. */
export class Program implements RunObserver {
  readonly reading: Reading;
  readonly lines: Line[] = [];
  /** Index of the first line that is shown although there were too many; null while there were not. */
  firstBeyond: number | null = null;
  /** Effects that are not shown. */
  hidden = 0;
  readonly #names = new Names();
  readonly #early: EarlyMarks;
  #before = '';

  constructor(reading: Reading, role: StreamRole) {
    this.reading = reading;
    this.#early = new EarlyMarks(role);
  }

  event(event: TraceEvent, at: number): void {
    // An opcode that runs again, because bytes were missing, tells the same again.
    const identity = `${event.offset} ${event.kind}${event.kind === 'import' ? `${event.module}\0${event.name}` : ''}`;
    if (identity === this.#before) return;
    this.#before = identity;
    switch (event.kind) {
      case 'import':
        this.#import(event, at);
        return;
      case 'call':
        this.#call(event, at);
        return;
      case 'persistent': {
        const variable = this.#names.variable(event.offset);
        this.#add(at, () => line(at, `persistent_load(${this.#names.value(event.id)})`, { variable }), 'usual');
        return;
      }
      case 'build':
      case 'setitems':
      case 'append':
        this.#change(event, at);
        return;
      case 'stop':
        this.#add(at, () => line(at, `return ${this.#names.value(event.result)}`), 'always');
    }
  }

  #import(event: EventOf<'import'>, at: number): void {
    const text = this.#names.import(event);
    if (text === null) return;
    const { dynamic, mapped } = event;
    const comments: string[] = [];
    if (dynamic !== null) comments.push(dynamic);
    else if (event.name.includes('.'))
      comments.push(
        event.walksDots ? 'walks from attribute to attribute' : 'below protocol 4 the dots are part of the name',
      );
    if (mapped !== null) comments.push(`in Python 3: ${mapped.module}.${mapped.name}`);
    const comment = comments.length === 0 ? null : comments.join('; ');
    const subject = dynamic === null ? { module: event.module, name: event.name } : null;
    const marked = subject === null || this.#early.deserves(subject, null);
    this.#add(at, () => line(at, text, { comment, subject, warns: dynamic !== null }), marked ? 'marked' : 'usual');
  }

  #call(event: EventOf<'call'>, at: number): void {
    const variable = this.#names.variable(event.offset);
    const subject = this.#subjectOf(event.callee);
    const { via, args, known: argsKnown } = event;
    // A call of something that a call gave is never what an honest pickler writes.
    const marked = subject === null || this.#early.deserves(subject, { via, offset: event.offset, args, argsKnown });
    this.#add(at, () => line(at, this.#callText(event), { variable, subject }), marked ? 'marked' : 'usual');
  }

  #callText({ via, callee, args, known }: EventOf<'call'>): string {
    const name = this.#names.value(callee);
    const shown = args.map((value) => this.#names.value(value));
    // One value that is no tuple: the reader takes it apart.
    if (!known && shown.length === 1) shown[0] = `*${shown[0] ?? ''}`;
    else if (!known) shown.push('…');
    if (via === 'NEWOBJ_EX' && shown.length > 0) shown.push(`**${shown.pop() ?? ''}`);
    return via === 'NEWOBJ' || via === 'NEWOBJ_EX'
      ? `${name}.__new__(${[name, ...shown].join(', ')})`
      : `${name}(${shown.join(', ')})`;
  }

  #change(event: EventOf<'build' | 'setitems' | 'append'>, at: number): void {
    const isGlobal = event.target.kind === 'global';
    const subject = this.#subjectOf(event.target);
    const word = event.kind === 'build' ? 'setstate' : event.kind === 'setitems' ? 'setitems' : 'extend';
    const comment = isGlobal ? 'changes the global itself for all later uses' : null;
    const text = (): string => `${word}(${this.#names.value(event.target)}, ${this.#names.value(event.state)})`;
    this.#add(at, () => line(at, text(), { comment, subject, warns: isGlobal }), isGlobal ? 'marked' : 'usual');
  }

  /** The catalogue has nothing to say on a name that is not known. */
  #subjectOf(value: Value): Subject | null {
    if (value.kind !== 'global' || this.#names.isComputed(value.module, value.name)) return null;
    return { module: value.module, name: value.name };
  }

  /** The text is made only where it is shown. */
  #add(at: number, make: () => Line, wanted: 'usual' | 'marked' | 'always'): void {
    if (this.lines.length >= MAX_TRACE_LINES && wanted !== 'always') {
      this.firstBeyond ??= this.lines.length;
      if (wanted === 'usual' || this.lines.length >= MAX_TRACE_LINES + MAX_MARKED_LINES) {
        this.hidden += 1;
        return;
      }
    }
    const next = make();
    const before = this.lines.at(-1);
    if (before !== undefined && sameText(before, next)) {
      before.count += 1;
      before.last = { offset: at, variable: next.variable };
    } else {
      this.lines.push(next);
    }
  }
}
