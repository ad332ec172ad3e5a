import type { Report, RuleMeta } from '@artifact-sentinel/core';
import { useMemo, useState } from 'preact/hooks';
import { matrixOf } from '../model/matrix.js';
import { subjectsOf } from '../model/subjects.js';
import { verdictOf } from '../model/verdict.js';
import type { Selection } from '../state.js';
import { Artifact, firstSelection } from './artifact.js';
import { Matrix } from './matrix.js';
import { RunFacts } from './run-facts.js';
import { Verdict } from './verdict.js';

/** A report without its files: the verdict, the files, and all that is said of the one that is chosen. */
export function StoredReport(props: {
  readonly report: Report;
  /** The rules that findings refer to, for what is said about a rule. */
  readonly rules: readonly RuleMeta[];
  /** What the report is of. */
  readonly title: string;
}) {
  const { report, rules, title } = props;
  const subjects = useMemo(() => subjectsOf(report), [report]);
  const rows = useMemo(() => matrixOf(subjects), [subjects]);
  const view = useMemo(() => verdictOf(report, subjects), [report, subjects]);
  const [chosen, setChosen] = useState<Selection | null>(null);
  const [first] = subjects;
  // What was chosen in another report is nothing in this one.
  const subject = subjects.find(({ artifact }) => artifact.path === chosen?.artifact) ?? first;
  const selection =
    subject === undefined ? null : chosen?.artifact === subject.artifact.path ? chosen : firstSelection(subject);
  return (
    <>
      <Verdict view={view} title={title} />
      {rows.length < 2 ? null : (
        <Matrix
          rows={rows}
          selected={selection?.artifact ?? null}
          onSelect={(path) => {
            const one = subjects.find(({ artifact }) => artifact.path === path);
            if (one !== undefined) setChosen(firstSelection(one));
          }}
        />
      )}
      {subject === undefined || selection === null ? null : (
        <Artifact
          key={subject.artifact.path}
          subject={subject}
          rules={rules}
          selection={selection}
          onSelect={setChosen}
          isOnly={rows.length === 1}
          access={null}
        />
      )}
      <RunFacts report={report} withoutPolicy={null} />
    </>
  );
}
