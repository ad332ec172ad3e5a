import { useState } from 'preact/hooks';
import type { AuditEntry, AuditVerdict } from '../api/types.js';
import { detailWords } from '../model/audit.js';
import { artifactHref, auditHref, intakeHref } from '../model/route.js';
import { numberWords } from '../model/words.js';
import { useDesk } from './context.js';
import { Problem, useDoing, Waiting } from './loaded.js';
import { Empty, Heading, Said, valueOf, When } from './parts.js';
import { Table } from './table.js';
import { usePages } from './use-pages.js';

const COLUMNS = [
  { name: 'when', title: 'When' },
  { name: 'actor', title: 'Who' },
  { name: 'action', title: 'What' },
  { name: 'subject', title: 'To what' },
  { name: 'detail', title: 'Detail' },
] as const;

/** Who did what, the newest first. */
export function Audit({ subject, actor }: { readonly subject: string; readonly actor: string }) {
  const { api } = useDesk();
  const pages = usePages('audit', `${subject} ${actor}`, async (cursor) => {
    const page = await api.audit({ subject, actor }, cursor);
    return { next: page.next, items: page.items.map((entry) => ({ ...entry, id: String(entry.number) })) };
  });
  return (
    <>
      <Heading title="Audit">
        <Verify />
      </Heading>
      <p class="soft">
        Entries are added and never changed. Each carries the hash of the one before it, so that a change shows.
      </p>
      <form
        class="audit-filter"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          location.hash = auditHref({ actor: valueOf(form, 'actor'), subject: valueOf(form, 'subject') });
        }}
      >
        <label>
          <span class="hidden">Who</span>
          <input key={actor} name="actor" type="search" placeholder="Who" value={actor} maxLength={200} />
        </label>
        <label>
          <span class="hidden">To what</span>
          <input key={subject} name="subject" type="search" placeholder="To what" value={subject} maxLength={200} />
        </label>
        <button type="submit">Show</button>
        {subject === '' && actor === '' ? null : (
          <a href="#/audit" class="clear">
            Show everything
          </a>
        )}
      </form>
      {pages.error === null ? null : <Problem text={pages.error} />}
      {pages.isFirst && pages.error === null ? <Waiting what="the list" /> : null}
      {!pages.isFirst && pages.items.length === 0 ? (
        <Empty title="No entry">
          <p>Whatever somebody does here is recorded here.</p>
        </Empty>
      ) : null}
      {pages.items.length === 0 ? null : (
        <Table
          label="Audit entries, the newest first"
          name="audit"
          columns={COLUMNS}
          count={pages.items.length}
          heights={[44, 92]}
          hasMore={pages.hasMore}
          onMore={pages.more}
          row={(index) => {
            const one = pages.items[index];
            return one === undefined ? [] : cellsOf(one);
          }}
        />
      )}
    </>
  );
}

function cellsOf(entry: AuditEntry) {
  const { at, actor, action, subject } = entry;
  const href = hrefOf(subject);
  const detail = detailWords(entry);
  return [
    <When at={at} />,
    <Said text={actor} />,
    <Said text={action} />,
    href === null ? (
      <Said text={subject} />
    ) : (
      <a href={href} class="ellipsis">
        <Said text={subject} />
      </a>
    ),
    <span class="soft ellipsis" title={detail.slice(0, 500)}>
      <Said text={detail} />
    </span>,
  ];
}

function hrefOf(subject: string): string | null {
  const [kind, id] = subject.split(/[: ]/, 2);
  if (id === undefined || id === '') return null;
  return kind === 'artifact' ? artifactHref(id) : kind === 'intake' ? intakeHref(id) : null;
}

function Verify() {
  const { api } = useDesk();
  const { isBusy, error, run } = useDoing();
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  return (
    <div class="verify">
      <span role="status" class={verdict === null ? '' : verdict.ok ? 'tone-good' : 'tone-bad'}>
        {verdict === null
          ? ''
          : verdict.ok
            ? `✓ All ${numberWords(verdict.entries)} entries hold`
            : `✕ Entry ${verdict.brokenAt ?? 0} does not fit the one before it`}
      </span>
      {error === null ? null : <Problem text={error} />}
      <button type="button" disabled={isBusy} onClick={() => void run(async () => setVerdict(await api.verifyAudit()))}>
        {isBusy ? 'Checking' : 'Check the chain'}
      </button>
    </div>
  );
}
