import { showLine, type MemberContent } from '@artifact-sentinel/core/internal';
import { useEffect, useMemo } from 'preact/hooks';
import { inMember, pinsOf, segmentsOf, sharesOf, type Segment } from '../model/byte-map.js';
import { memberTree } from '../model/member-tree.js';
import { counted, lastPart, shownName } from '../model/names.js';
import { programRows, rowOf, warningsOf } from '../model/program.js';
import type { Selection } from '../state.js';
import type { Subject } from '../model/subjects.js';
import type { ByteAccess } from './byte-access.js';
import { ByteMap } from './byte-map.js';
import { Hex } from './hex.js';
import { Members } from './members.js';
import { Program } from './program.js';

const WITHOUT_BYTES = 'A report has no bytes and no program. Drop the file itself to see them.';

/** Members, program and bytes: what is chosen in one of them moves the other two. Without the bytes: what the report says of them. */
export function Evidence(props: {
  readonly subject: Subject;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  /** Null where there is the report alone. */
  readonly access: ByteAccess | null;
  /** What is said where there are no bytes. */
  readonly withoutBytes?: string;
}) {
  const { subject, selection, onSelect, access, withoutBytes = WITHOUT_BYTES } = props;
  const { artifact, findings } = subject;
  const isThere = access !== null;
  useEffect(() => {
    access?.wantContents();
    access?.wantTrace();
  }, [artifact.path, isThere]);

  const contents = access?.contents.state === 'there' ? access.contents.value : null;
  const trace = access?.trace.state === 'there' ? access.trace.value : null;
  const members = useMemo(() => memberTree(subject, contents?.members ?? []), [subject, contents]);
  const segments = useMemo(
    () => segmentsOf(artifact.size, artifact.coverage, contents?.members ?? [], contents?.tensors ?? []),
    [artifact, contents],
  );
  const shares = useMemo(() => sharesOf(artifact.coverage, artifact.size), [artifact]);
  const rows = useMemo(() => programRows(trace?.items ?? [], findings), [trace, findings]);

  const warnings = useMemo(() => warningsOf(trace?.items ?? []), [trace]);

  const member = selection.member ?? artifact.path;
  const start = selection.range?.start ?? null;
  const holder = contents?.members.find(({ path }) => path === member) ?? null;
  const pins = useMemo(() => pinsOf(artifact, findings, contents?.members ?? []), [artifact, findings, contents]);
  /** Where the selection lies in the file. */
  const inFile =
    selection.member === null
      ? start
      : holder === null || holder.start === null
        ? null
        : holder.packed
          ? holder.start
          : holder.start + (start ?? 0);
  const segment = inFile === null ? -1 : segments.findIndex((one) => one.start <= inFile && inFile < one.end);
  const line = useMemo(() => rowOf(rows, member, start), [rows, member, start]);
  const choose = (part: Partial<Selection>): void =>
    onSelect({ ...selection, finding: null, member: null, range: null, ...part });

  return (
    <section class="evidence" aria-labelledby="evidence-title">
      <h3 id="evidence-title">The evidence</h3>
      <div
        class={`panes ${members.length > 1 ? '' : 'no-members'} ${isThere && (rows.length > 0 || trace === null) ? '' : 'no-program'}`}
      >
        {members.length > 1 ? (
          <div class="pane">
            <h4>Members</h4>
            <Members
              rows={members}
              selected={member}
              onSelect={(path) => choose({ member: path === artifact.path ? null : path })}
            />
          </div>
        ) : null}
        {!isThere ? null : rows.length === 0 ? (
          <PaneState details={access.trace.state} what="the program" reason={reasonOf(access.trace)} />
        ) : (
          <div class="pane">
            <h4>What loading would do{warnings === 0 ? '' : `: ${counted(warnings, 'line')} with a warning`}</h4>
            <Program
              rows={rows}
              selected={line}
              onSelect={(index) => {
                const row = rows[index];
                if (row === undefined || row.item.kind === 'gap' || row.item.path === null) return;
                const { path, offset } = row.item;
                onSelect({
                  artifact: artifact.path,
                  finding: row.finding,
                  member: path === artifact.path ? null : path,
                  range: offset === null ? null : { start: offset, end: offset + 1 },
                });
              }}
            />
          </div>
        )}
        <div class="pane">
          <h4>Bytes</h4>
          <ByteMap
            segments={segments}
            shares={shares}
            pins={pins}
            selected={segment < 0 ? null : segment}
            onSelect={(index) => {
              const one = segments[index];
              if (one !== undefined) choose(selectionOfSegment(one, artifact.path, contents?.members ?? []));
            }}
          />
          {isThere ? (
            <>
              <h4>
                <bdi>{shownName(lastPart(member)).text}</bdi> <span class="soft">at {start ?? 0}</span>
              </h4>
              <Hex
                artifact={artifact.path}
                member={selection.member}
                range={selection.range ?? { start: 0, end: 0 }}
                bytes={access.bytes}
                onWant={access.wantBytes}
              />
            </>
          ) : null}
        </div>
      </div>
      {isThere ? null : <p class="soft">{withoutBytes}</p>}
    </section>
  );
}

/** A packed member is chosen as a whole: its bytes in the file are not those that are read. */
function selectionOfSegment(
  { start, end, member, packed }: Segment,
  artifact: string,
  members: readonly MemberContent[],
): Partial<Selection> {
  return packed && member !== null ? { member, range: null } : inMember({ start, end }, artifact, members);
}

function reasonOf(loaded: ByteAccess['trace']): string {
  return loaded.state === 'failed' ? showLine(loaded.reason) : '';
}

function PaneState(props: { readonly details: string; readonly what: string; readonly reason: string }) {
  const { details, what, reason } = props;
  if (details === 'there') return null;
  return (
    <div class="pane">
      <p class="soft" role="status">
        {details === 'failed' ? reason : `Reading ${what}`}
      </p>
    </div>
  );
}
