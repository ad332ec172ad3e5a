import { shownName } from '@artifact-sentinel/page/components';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Artifact, ArtifactState, Severity } from '../api/types.js';
import { SEVERITIES } from '../model/repository.js';
import { ago, exactly } from '../model/time.js';
import { numberWords, STATES, type StateWords } from '../model/words.js';
import { useDesk } from './context.js';

export const SEVERITY_MARKS: Readonly<Record<Severity, string>> = { CRITICAL: '✕', HIGH: '▲', MEDIUM: '◆', LOW: '○' };

/** A mark, a word and a colour. */
export function Standing({ words: { mark, word, tone } }: { readonly words: StateWords }) {
  return (
    <span class={`state tone-${tone}`}>
      <span aria-hidden="true" class="mark">
        {mark}
      </span>{' '}
      {word}
    </span>
  );
}

export function State({ state }: { readonly state: ArtifactState }) {
  return <Standing words={STATES[state]} />;
}

/** Findings by severity: `✕ 1 ▲ 2`, in words for those who do not see the marks. */
export function Counts({ counts }: { readonly counts: Artifact['counts'] }) {
  const shown = SEVERITIES.filter((severity) => counts[severity] > 0);
  if (shown.length === 0) return <span class="soft">none</span>;
  return (
    <span class="counts">
      {shown.map((severity) => (
        <span key={severity} class={`severity ${severity.toLowerCase()}`} title={severity.toLowerCase()}>
          <span aria-hidden="true">{SEVERITY_MARKS[severity]} </span>
          {numberWords(counts[severity])}
          <span class="hidden"> {severity.toLowerCase()} </span>
        </span>
      ))}
    </span>
  );
}

/** How long ago; the instant itself where a pointer rests. */
export function When({ at }: { readonly at: string }) {
  const { now } = useDesk();
  return (
    <time dateTime={at} title={exactly(at)}>
      {ago(at, now)}
    </time>
  );
}

/** Text of others in one line: what would act on the text around it is written out. */
export function Said({ text }: { readonly text: string }) {
  return <bdi>{shownName(text).text}</bdi>;
}

export function Heading({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="heading">
      <h1>{title}</h1>
      {children}
    </div>
  );
}

/** What is there where nothing is: what it would be, and what to do. */
export function Empty(props: {
  readonly title: string;
  /** There is nothing else on the page. */
  readonly isPage?: boolean;
  readonly children?: ComponentChildren;
}) {
  const { title, isPage = false, children } = props;
  return (
    <section class="empty" aria-label={title}>
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** A question that has to be answered before anything else. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const { title, onClose, children } = props;
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.showModal();
    // Back to what asked, or where that is gone, to the view.
    return () => {
      const to = before instanceof HTMLElement && before.isConnected ? before : document.getElementById('main');
      to?.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2>{title}</h2>
      {children}
    </dialog>
  );
}

/** A field with its name above it, and what is said about it below. */
export function Field(props: {
  readonly id: string;
  readonly name: string;
  readonly about?: string;
  readonly children: ComponentChildren;
}) {
  const { id, name, about, children } = props;
  return (
    <p class="field">
      <label for={id}>{name}</label>
      {children}
      {about === undefined ? null : (
        <small id={`${id}-about`} class="soft">
          {about}
        </small>
      )}
    </p>
  );
}

/** What an input says, without what is around it. */
export function valueOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Lines stay lines; what turns the direction of text is written out. */
export function shownText(text: string): string {
  return text
    .split('\n')
    .map((line) => shownName(line).text)
    .join('\n');
}
