import type { Report } from '@artifact-sentinel/core';
import { describeRepositories, showLine } from '@artifact-sentinel/core/internal';
import { policyEffect } from '../model/policy-effect.js';

/** What holds for the whole run: the policy and its effect, repositories, notes. */
export function RunFacts({
  report,
  withoutPolicy,
}: {
  readonly report: Report;
  readonly withoutPolicy: Report | null;
}) {
  const { origins, asks, made, change } = policyEffect(report, withoutPolicy);
  return (
    <div class="run">
      <section aria-labelledby="policy-title">
        <h2 id="policy-title">Policy</h2>
        <Lines lines={[...origins, ...asks]} />
        {change === null ? null : (
          <p>
            <strong>{change}</strong>
          </p>
        )}
        {made.length === 0 ? null : (
          <>
            <h3>What it made of this</h3>
            <Lines lines={made} />
          </>
        )}
      </section>
      <Section id="repositories" title="Repositories" lines={describeRepositories(report)} />
      <Section id="notes" title="Notes" lines={report.notes} />
    </div>
  );
}

function Section({
  id,
  title,
  lines,
}: {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <Lines lines={lines} />
    </section>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <ul>
      {lines.slice(0, 200).map((line, index) => (
        <li key={index}>
          <bdi>{showLine(line)}</bdi>
        </li>
      ))}
      {lines.length > 200 ? <li class="soft">{lines.length - 200} more are in the report.</li> : null}
    </ul>
  );
}
