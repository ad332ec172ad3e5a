import type { Intake } from '../api/types.js';
import { intakeHref } from '../model/route.js';
import { intakeWords, numberWords, sourceWords } from '../model/words.js';
import { useDesk, useMayAct } from './context.js';
import { FirstSteps } from './first-steps.js';
import { Problem, Waiting } from './loaded.js';
import { Heading, Said, Standing, When } from './parts.js';
import { Table } from './table.js';
import { TakeIn } from './take-in.js';
import { usePages } from './use-pages.js';

const COLUMNS = [
  { name: 'state', title: 'Verdict' },
  { name: 'artifact', title: 'Source' },
  { name: 'kind', title: 'Kind' },
  { name: 'files', title: 'Files' },
  { name: 'when', title: 'Entered' },
] as const;

/** What was asked to be taken in: uploads, repositories, buckets, images. */
export function Intakes() {
  const { api } = useDesk();
  const mayTakeIn = useMayAct('submitter');
  const pages = usePages<Intake>('intakes', '', (cursor) => api.intakes(cursor), 5000);
  return (
    <>
      <Heading title="Sources" />
      {mayTakeIn ? <TakeIn onTaken={pages.refresh} /> : null}
      {pages.error === null ? null : <Problem text={pages.error} />}
      {pages.isFirst && pages.error === null ? <Waiting what="the list" /> : null}
      {!pages.isFirst && pages.items.length === 0 ? <FirstSteps mayTakeIn={mayTakeIn} /> : null}
      {pages.items.length === 0 ? null : (
        <Table
          label="Sources, the newest first"
          name="intakes"
          columns={COLUMNS}
          count={pages.items.length}
          heights={[60, 88]}
          hasMore={pages.hasMore}
          onMore={pages.more}
          row={(index) => {
            const one = pages.items[index];
            if (one === undefined) return [];
            return [
              <Standing words={intakeWords(one)} />,
              <>
                <a href={intakeHref(one.id)} class="ellipsis">
                  <Said text={one.address} />
                </a>
                <span class="soft ellipsis">
                  <Said text={`by ${one.requestedBy}`} />
                </span>
              </>,
              sourceWords(one.kind),
              <Files files={one.files} pending={one.pending} />,
              <When at={one.createdAt} />,
            ];
          }}
        />
      )}
    </>
  );
}

function Files({ files, pending }: Pick<Intake, 'files' | 'pending'>) {
  return (
    <>
      {numberWords(files)}
      {pending === 0 ? null : <span class="soft">, {numberWords(pending)} to do</span>}
    </>
  );
}
