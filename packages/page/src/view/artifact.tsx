import type { Finding, RuleMeta } from '@artifact-sentinel/core';
import { showLine, showLocation } from '@artifact-sentinel/core/internal';
import { inMember } from '../model/byte-map.js';
import { lastPart, noteOf } from '../model/names.js';
import { standingOf, type Subject } from '../model/subjects.js';
import { artifactFacts, importsOf } from '../model/what-was-read.js';
import type { Selection } from '../state.js';
import type { ByteAccess } from './byte-access.js';
import { Evidence } from './evidence.js';
import { Findings } from './findings.js';
import { Imports } from './imports.js';
import { Facts, Name } from './parts.js';
import { Tensors } from './tensors.js';

/** Everything about one artifact: its findings, the evidence in three panes, and what was read. */
export function Artifact(props: {
  readonly subject: Subject;
  /** The rules that findings refer to, for what is said about a rule. */
  readonly rules: readonly RuleMeta[];
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** The only artifact of its report: its name stands above already. */
  readonly isOnly: boolean;
  /** Null where there is the report alone. */
  readonly access: ByteAccess | null;
  /** What is said where there are no bytes, in place of the page's own words. */
  readonly withoutBytes?: string;
}) {
  const { subject, rules, selection, onSelect, isOnly, access, withoutBytes } = props;
  const { artifact, findings, incomplete } = subject;
  const contents = access?.contents.state === 'there' ? access.contents.value : null;
  const choose = (part: Partial<Selection>): void => onSelect({ ...selection, finding: null, ...part });
  return (
    <section class={`artifact ${standingOf(subject)}`} aria-labelledby="artifact-title">
      <h2 id="artifact-title" class={isOnly && noteOf(lastPart(artifact.path)) === null ? 'hidden' : ''}>
        <Name name={lastPart(artifact.path)} isFull />
      </h2>
      {findings.length === 0 ? null : (
        <Findings
          findings={findings}
          rules={rules}
          selected={selection.finding}
          onSelect={(index) => onSelect(selectionOf(artifact.path, findings, index))}
        />
      )}
      {incomplete.length === 0 ? null : (
        <section class="incomplete" aria-labelledby="incomplete-title">
          <h3 id="incomplete-title">Not analysed completely</h3>
          <ul>
            {incomplete.slice(0, 100).map(({ path, offset, reason }, index) => (
              <li key={index}>
                <code dir="ltr">{showLocation({ path, offset, line: null })}</code>: <bdi>{showLine(reason)}</bdi>
              </li>
            ))}
            {incomplete.length > 100 ? <li class="soft">{incomplete.length - 100} more are in the report.</li> : null}
          </ul>
        </section>
      )}
      <Evidence
        subject={subject}
        selection={selection}
        onSelect={onSelect}
        access={access}
        {...(withoutBytes === undefined ? {} : { withoutBytes })}
      />
      <section class="read" aria-labelledby="read-title">
        <h3 id="read-title">What was read</h3>
        <Facts facts={artifactFacts(subject)} />
        {access !== null && artifact.sha256 === null ? (
          <button type="button" onClick={access.wantHash}>
            Hash all files
          </button>
        ) : null}
      </section>
      <Imports
        rows={importsOf(subject)}
        onSelect={({ path, offset }) => choose({ member: path, range: { start: offset, end: offset + 1 } })}
      />
      {contents === null ? null : (
        <Tensors
          tensors={contents.tensors}
          onSelect={({ start, end, member }) =>
            choose(
              start === null || end === null
                ? { member, range: null }
                : inMember({ start, end }, artifact.path, contents.members),
            )
          }
        />
      )}
    </section>
  );
}

/** What is chosen of an artifact at first: its worst finding. */
export function firstSelection({ artifact, findings }: Subject): Selection {
  return findings.length === 0
    ? { artifact: artifact.path, finding: null, member: null, range: null }
    : selectionOf(artifact.path, findings, 0);
}

/** What the panes show of a finding. */
function selectionOf(artifact: string, findings: readonly Finding[], index: number): Selection {
  const { location } = findings[index] ?? {};
  const offset = location?.offset ?? null;
  return {
    artifact,
    finding: index,
    member: location === undefined || location.path === artifact ? null : location.path,
    range: offset === null ? null : { start: offset, end: offset + 1 },
  };
}
