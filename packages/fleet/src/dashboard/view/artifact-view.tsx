import type { Report, RuleMeta } from '@artifact-sentinel/core';
import {
  Artifact as Evidence,
  firstSelection,
  Name,
  subjectsOf,
  Verdict,
  verdictOf,
  type Selection,
} from '@artifact-sentinel/page/components';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { REPORT_FORMATS, type Artifact, type ReportFormat, type VerdictAnswer } from '../api/types.js';
import { intakeHref } from '../model/route.js';
import { sizeWords } from '../model/words.js';
import { useDesk, useMayAct } from './context.js';
import { Decide } from './decide.js';
import { History } from './history.js';
import { Problem, Shown, useDoing, useLoaded, Waiting } from './loaded.js';
import { Said, State, When } from './parts.js';

const EVERY = 3000;
/** A longer name may have to be scrolled. */
const LONG = 150;

/** One artifact: what the verdict rests on, what became of it, and what to decide. */
export function ArtifactView({ id }: { readonly id: string }) {
  const { api } = useDesk();
  const artifact = useLoaded(() => api.artifact(id), [id], EVERY);
  const mayAudit = useMayAct('reviewer');
  return (
    <Shown loaded={artifact} what="the artifact">
      {(one) => (
        <>
          <Head artifact={one} />
          <Decide artifact={one} onDone={artifact.reload} />
          <Details artifact={one} />
          {mayAudit ? <History id={one.id} changedAt={one.changedAt} /> : null}
        </>
      )}
    </Shown>
  );
}

function Head({ artifact }: { readonly artifact: Artifact }) {
  const { path, address, intake, size, receivedAt, sha256 } = artifact;
  return (
    <header class="subject">
      <p class="soft">
        <a href="#/">Entered</a> /{' '}
        <a href={intakeHref(intake)}>
          <Said text={address} />
        </a>
      </p>
      <h1 class="title long" tabIndex={path.length > LONG ? 0 : undefined}>
        <Name name={path} isFull />
      </h1>
      <p class="soft">
        {sizeWords(size)}, entered <When at={receivedAt} />
      </p>
      {sha256 === null ? null : (
        <p class="soft hash">
          SHA-256 <code>{sha256}</code>
        </p>
      )}
    </header>
  );
}

/** The report, as the page shows it. Without one: what is waited for. */
function Details({ artifact }: { readonly artifact: Artifact }) {
  const { api } = useDesk();
  const { id, state, sha256, path, changedAt } = artifact;
  const report = useLoaded(() => api.report(id), [id]);
  const rules = useLoaded(() => api.rules(), []);
  const verdict = useLoaded(
    async () => (sha256 === null ? null : await api.verdict(sha256, path)),
    [sha256 ?? '', path],
  );
  // What is shown remains until the new answer is there.
  const shown = useRef(changedAt);
  useEffect(() => {
    if (shown.current === changedAt) return;
    shown.current = changedAt;
    report.reload();
    verdict.reload();
  }, [changedAt]);
  if (report.error !== null) return <Problem text={report.error} />;
  if (report.value === null)
    return (
      <section class="waiting">
        <State state={state} />
        {report.isLoading ? (
          <Waiting what="the report" />
        ) : (
          <p class="soft">There is no report yet. It appears here as soon as the scan ends.</p>
        )}
      </section>
    );
  return (
    <>
      <Read report={report.value} rules={rules.value ?? []} />
      <Downloads id={id} />
      {verdict.value === null ? null : <Standing verdict={verdict.value} />}
    </>
  );
}

function Read({ report, rules }: { readonly report: Report; readonly rules: readonly RuleMeta[] }) {
  const subjects = useMemo(() => subjectsOf(report), [report]);
  const view = useMemo(() => verdictOf(report, subjects), [report, subjects]);
  const [first] = subjects;
  const [chosen, setChosen] = useState<Selection | null>(null);
  return (
    <>
      <Verdict view={view} title="" />
      {first === undefined ? null : (
        <Evidence
          subject={first}
          rules={rules}
          selection={chosen ?? firstSelection(first)}
          onSelect={setChosen}
          isOnly
          access={null}
          withoutBytes="Drawn from the report. The bytes stay in the store."
        />
      )}
    </>
  );
}

/** By which catalogue, and since when. */
function Standing({ verdict }: { readonly verdict: VerdictAnswer }) {
  const { catalogue, analysis, policy, since, readings } = verdict;
  return (
    <section aria-labelledby="rests-title">
      <h2 id="rests-title">What this rests on</h2>
      <dl class="facts">
        <Fact name="Since">
          <When at={since} />
        </Fact>
        <Fact name="Catalogue">
          <code>{catalogue}</code>
        </Fact>
        <Fact name="Analysis">
          <code>{analysis}</code>
        </Fact>
        <Fact name="Policy">
          <a href="#/policy">
            <code>{policy.slice(0, 16)}</code>
          </a>
        </Fact>
        <Fact name="Read as">
          <Said text={readings.join(', ')} />
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const FORMATS: Readonly<Record<ReportFormat, readonly [name: string, ending: string]>> = {
  json: ['JSON', 'json'],
  sarif: ['SARIF', 'sarif'],
  markdown: ['Markdown', 'md'],
  html: ['HTML', 'html'],
  cyclonedx: ['CycloneDX', 'cdx.json'],
};

function Downloads({ id }: { readonly id: string }) {
  const { api } = useDesk();
  const { isBusy, error, run } = useDoing();
  const save = (format: ReportFormat): void => {
    void run(async () => {
      const url = URL.createObjectURL(await api.reportFile(id, format));
      const link = document.createElement('a');
      link.href = url;
      link.download = `sentinel-${id}.${FORMATS[format][1]}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
  };
  return (
    <section class="downloads" aria-label="Download the report">
      {error === null ? null : <Problem text={error} />}
      <p>
        <span class="soft">The report as </span>
        {REPORT_FORMATS.map((format) => (
          <button key={format} type="button" class="quiet" disabled={isBusy} onClick={() => save(format)}>
            {FORMATS[format][0]}
          </button>
        ))}
      </p>
    </section>
  );
}
