import type { AuditEntry } from '../api/types.js';
import { auditHref } from '../model/route.js';
import { actionWords, detailWords } from '../model/audit.js';
import { useDesk } from './context.js';
import { Shown, useLoaded } from './loaded.js';
import { Said, When } from './parts.js';

/** What was done to an artifact, the newest first. */
export function History({ id, changedAt }: { readonly id: string; readonly changedAt: string }) {
  const { api } = useDesk();
  const subject = `artifact:${id}`;
  const entries = useLoaded(() => api.audit({ subject, actor: '' }, null), [subject, changedAt]);
  return (
    <section class="history" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      <Shown loaded={entries} what="the history">
        {({ items, next }) =>
          items.length === 0 ? (
            <p class="soft">Nothing is written down yet.</p>
          ) : (
            <>
              <ol>
                {items.map((entry) => (
                  <Entry key={entry.number} entry={entry} />
                ))}
              </ol>
              {next === null ? null : (
                <p>
                  <a href={auditHref({ subject })}>All of it</a>
                </p>
              )}
            </>
          )
        }
      </Shown>
    </section>
  );
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const { at, actor } = entry;
  const detail = detailWords(entry);
  return (
    <li>
      <span class="soft">
        <When at={at} />
      </span>
      <span>
        <strong>
          <Said text={actor} />
        </strong>{' '}
        <Said text={actionWords(entry)} />
        {detail === '' ? null : (
          <span class="soft detail">
            <Said text={detail} />
          </span>
        )}
      </span>
    </li>
  );
}
