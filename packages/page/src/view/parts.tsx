import type { Severity } from '@artifact-sentinel/core';
import { useState } from 'preact/hooks';
import { shownName } from '../model/names.js';
import { SEVERITY_MARKS } from '../model/verdict.js';

/** A name of an artifact. What a reader cannot see of it is said in words behind it. */
export function Name({ name, isFull = false }: { readonly name: string; readonly isFull?: boolean }) {
  const { text, note } = shownName(name);
  return (
    <span class="name">
      <bdi dir="ltr">{text}</bdi>
      {note === null ? null : (
        <span class={isFull ? 'odd-name is-full' : 'odd-name'} title={note}>
          <span aria-hidden="true">⚠ </span>
          {isFull ? <bdi>{note}</bdi> : 'unusual letters'}
          {isFull ? null : <span class="hidden">: {note}</span>}
        </span>
      )}
    </span>
  );
}

/** A severity: a mark, a colour and a word. */
export function SeverityMark({ severity, short = false }: { readonly severity: Severity; readonly short?: boolean }) {
  return (
    <span class={`severity ${severity.toLowerCase()}`}>
      <span aria-hidden="true">{SEVERITY_MARKS[severity]}</span>
      <span class={short ? 'hidden' : ''}> {severity.toLowerCase()}</span>
    </span>
  );
}

/** Text that people copy. */
export function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      // Without the permission, or from a file: the text stays there to be marked.
      setSaid('Select it and copy it yourself');
    }
  };
  return (
    <div class="copyable">
      <pre tabIndex={0} aria-label={label}>
        <code>{text}</code>
      </pre>
      <button type="button" class="quiet" onClick={() => void copy()}>
        Copy<span class="hidden"> {label}</span>
      </button>
      <span class="said" role="status">
        {said}
      </span>
    </div>
  );
}

export function Facts({
  facts,
}: {
  readonly facts: readonly { readonly name: string; readonly value: string; readonly isCode: boolean }[];
}) {
  return (
    <dl class="facts">
      {facts.map(({ name, value, isCode }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{isCode ? <code dir="ltr">{value}</code> : <bdi>{value}</bdi>}</dd>
        </div>
      ))}
    </dl>
  );
}
