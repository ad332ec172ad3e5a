import type { Finding } from '@artifact-sentinel/core';
import { showLine, showLocation } from '@artifact-sentinel/core/internal';
import { inMember } from '../model/byte-map.js';
import { lastPart, noteOf } from '../model/names.js';
import { standingOf } from '../model/subjects.js';
import { artifactFacts, importsOf } from '../model/what-was-read.js';
import type { Selection } from '../state.js';
import type { ArtifactProps } from './artifact-props.js';
import { Evidence } from './evidence.js';
import { Findings } from './findings.js';
import { Imports } from './imports.js';
import { Facts, Name } from './parts.js';
import { Tensors } from './tensors.js';

/** Everything about one artifact: its findings, the evidence in three panes, and what was read. */
export function Artifact(props: ArtifactProps) {
  const { subject, rules, selection, details, source, isOnly, actions } = props;
  const { artifact, findings, incomplete } = subject;
  const contents = details?.contents.state === 'there' ? details.contents.value : null;
  const choose = (part: Partial<Selection>): void => actions.select({ ...selection, finding: null, ...part });
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
          onSelect={(index) => actions.select(selectionOf(artifact.path, findings, index))}
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
      <Evidence {...props} />
      <section class="read" aria-labelledby="read-title">
        <h3 id="read-title">What was read</h3>
        <Facts facts={artifactFacts(subject)} />
        {source === 'files' && artifact.sha256 === null ? (
          <button type="button" onClick={() => actions.setHash('all')}>
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

/** What the panes show of a finding. */
export function selectionOf(artifact: string, findings: readonly Finding[], index: number): Selection {
  const { location } = findings[index] ?? {};
  const offset = location?.offset ?? null;
  return {
    artifact,
    finding: index,
    member: location === undefined || location.path === artifact ? null : location.path,
    range: offset === null ? null : { start: offset, end: offset + 1 },
  };
}
