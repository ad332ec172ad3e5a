import { Facts, Name } from '@artifact-sentinel/page/components';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { MOST_FILES, MOST_RULES } from '../limits.js';
import type { Api } from '../api/client.js';
import type { Artifact, Intake, RuleCount } from '../api/types.js';
import { artifactHref } from '../model/route.js';
import { repositoryMatrix } from '../model/repository.js';
import { intakeWords, numberWords, sourceWords } from '../model/words.js';
import { useDesk } from './context.js';
import { Problem, Shown, useLoaded, Waiting } from './loaded.js';
import { Counts, Said, SEVERITY_MARKS, Standing, State, When } from './parts.js';
import { Table } from './table.js';

const EVERY = 3000;
/** A longer address may have to be scrolled. */
const LONG = 150;

/** One intake: its verdict, and file × rule. */
export function IntakeView({ id }: { readonly id: string }) {
  const { api } = useDesk();
  const [isOpen, setOpen] = useState(true);
  const intake = useLoaded(() => api.intake(id), [id], isOpen ? EVERY : null);
  const { value } = intake;
  const isDone = value !== null && (value.state === 'done' || value.state === 'failed');
  useEffect(() => setOpen(!isDone), [isDone]);
  return (
    <Shown loaded={intake} what="the source">
      {(one) => (
        <>
          <Head intake={one} />
          <Files intake={one} />
        </>
      )}
    </Shown>
  );
}

function Head({ intake }: { readonly intake: Intake }) {
  const { address, pinned, kind, requestedBy, createdAt, reason, files, pending, findings } = intake;
  return (
    <header class="subject">
      <p class="soft">
        <a href="#/intakes">Sources</a> / {sourceWords(kind)}
      </p>
      <h1 class="long" tabIndex={address.length > LONG ? 0 : undefined}>
        <Said text={address} />
      </h1>
      <p class="line-of">
        <Standing words={intakeWords(intake)} />
        <span class="soft">
          {numberWords(files)} {files === 1 ? 'file' : 'files'}, taken in <When at={createdAt} /> by{' '}
          <Said text={requestedBy} />
        </span>
      </p>
      {reason === null ? null : (
        <p>
          <Said text={reason} />
        </p>
      )}
      {pending === 0 ? null : (
        <p class="sending">
          <progress value={files - pending} max={Math.max(1, files)} aria-label="Files that are done" />
          <span class="soft" role="status">
            {numberWords(pending)} of {numberWords(files)} to do
          </span>
        </p>
      )}
      {pinned === null || pinned === address ? null : (
        <Facts facts={[{ name: 'Pinned to', value: pinned, isCode: true }]} />
      )}
      {findings.length === 0 ? null : (
        <section aria-labelledby="repository-findings">
          <h2 id="repository-findings">Of the repository as a whole</h2>
          <ul class="plain">
            {findings.map(({ rule, severity, title, fingerprint }) => (
              <li key={fingerprint}>
                <span class={`severity ${severity.toLowerCase()}`}>
                  <span aria-hidden="true">{SEVERITY_MARKS[severity]}</span> {severity.toLowerCase()}
                </span>{' '}
                <Said text={title} /> <span class="soft">{rule}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </header>
  );
}

interface RepositoryFiles {
  readonly artifacts: readonly Artifact[];
  readonly counts: readonly RuleCount[];
  readonly isCut: boolean;
}

async function filesOf(api: Api, intake: string): Promise<RepositoryFiles> {
  const artifacts: Artifact[] = [];
  let cursor: string | null = null;
  do {
    // One after the other: each page begins where the one before it ended.
    const page = await api.artifacts({ intake }, cursor);
    for (const artifact of page.items) artifacts.push(artifact);
    cursor = page.next;
  } while (cursor !== null && artifacts.length < MOST_FILES);
  return { artifacts, counts: await api.intakeFindings(intake), isCut: cursor !== null };
}

function Files({ intake }: { readonly intake: Intake }) {
  const { api } = useDesk();
  const files = useLoaded(() => filesOf(api, intake.id), [intake.id, intake.pending]);
  const matrix = useMemo(
    () => (files.value === null ? null : repositoryMatrix(files.value.artifacts, files.value.counts, MOST_RULES)),
    [files.value],
  );
  if (files.error !== null) return <Problem text={files.error} />;
  if (matrix === null) return <Waiting what="the files" />;
  const hasRules = matrix.rules.length > 0;
  const mostCells = matrix.rows.reduce(
    (most, { cells }) => Math.max(most, cells.filter((cell) => cell !== null).length),
    0,
  );
  const columns = [
    { name: 'state', title: 'State' },
    { name: 'artifact', title: 'File' },
    ...(hasRules
      ? matrix.rules.map((rule) => ({ name: `rule ${rule}`, title: rule }))
      : [{ name: 'findings', title: 'Findings' }]),
  ];
  return (
    <section aria-labelledby="files-title">
      <h2 id="files-title">{hasRules ? 'File × rule, the worst first' : 'Files, the worst first'}</h2>
      {matrix.more === 0 ? null : <p class="soft">{matrix.more} more rules fire; each file names its own.</p>}
      {files.value?.isCut === true ? <p class="soft">The first {numberWords(MOST_FILES)} files.</p> : null}
      <div class="wide-table" style={{ '--rules': matrix.rules.length }}>
        <Table
          label="Files and rules, the worst first"
          name={hasRules ? 'matrix-of' : 'files-of'}
          columns={columns}
          count={matrix.rows.length}
          heights={[44, hasRules ? 44 + 20 * mostCells : 64]}
          row={(index) => {
            const one = matrix.rows[index];
            if (one === undefined) return [];
            return [
              <State state={one.artifact.state} />,
              <a href={artifactHref(one.artifact.id)} class="ellipsis">
                <Name name={one.artifact.path} />
              </a>,
              ...(hasRules
                ? one.cells.map((cell, at) =>
                    cell === null ? (
                      <span class="none" aria-hidden="true">
                        ·
                      </span>
                    ) : (
                      <span class={`severity ${cell.severity.toLowerCase()}`} title={matrix.rules[at]}>
                        <span aria-hidden="true">{SEVERITY_MARKS[cell.severity]}</span>
                        <span class="hidden"> {cell.severity.toLowerCase()}</span> {cell.count}
                        <span class="of-rule" aria-hidden="true">
                          {' '}
                          {matrix.rules[at]}
                        </span>
                      </span>
                    ),
                  )
                : [<Counts counts={one.artifact.counts} />]),
            ];
          }}
        />
      </div>
    </section>
  );
}
