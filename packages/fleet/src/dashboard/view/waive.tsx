import { shownName } from '@artifact-sentinel/page/components';
import type { Artifact, VerdictAnswer } from '../api/types.js';
import { useDesk } from './context.js';
import { Problem, Shown, useDoing, useLoaded } from './loaded.js';
import { Dialog, Field, valueOf } from './parts.js';

/** A finding stays until a day, and somebody answers for it. */
export function WaiveDialog(props: {
  readonly artifact: Artifact;
  /** YYYY-MM-DD, the day that is proposed. */
  readonly until: string;
  readonly onClose: (isChanged: boolean) => void;
}) {
  const { artifact, until, onClose } = props;
  const { api, session } = useDesk();
  const { sha256, path } = artifact;
  const findings = useLoaded(
    async () => (sha256 === null ? [] : ((await api.verdict(sha256, path))?.findings ?? [])),
    [sha256 ?? '', path],
  );
  const { isBusy, error, run } = useDoing();
  const submit = (form: HTMLFormElement): void => {
    void run(() =>
      api.waive({
        fingerprint: valueOf(form, 'fingerprint'),
        sha256: valueOf(form, 'scope') === 'bytes' ? sha256 : null,
        owner: valueOf(form, 'owner'),
        reason: valueOf(form, 'reason'),
        expiresOn: valueOf(form, 'expires'),
      }),
    ).then((isDone) => isDone && onClose(true));
  };
  return (
    <Dialog title="Waive a finding" onClose={() => onClose(false)}>
      <Shown loaded={findings} what="its findings">
        {(items) => (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              submit(event.currentTarget);
            }}
          >
            {error === null ? null : <Problem text={error} />}
            <Field id="fingerprint" name="Finding">
              <FindingChoice findings={items} />
            </Field>
            <fieldset>
              <legend>Where it stays</legend>
              <label>
                <input type="radio" name="scope" value="bytes" checked /> Only in this file, as it is now
              </label>
              <label>
                <input type="radio" name="scope" value="everywhere" /> Wherever the same finding is
              </label>
            </fieldset>
            <Field id="waiver-owner" name="Who answers for it">
              <input id="waiver-owner" name="owner" type="text" value={session.name} maxLength={200} required />
            </Field>
            <Field id="waiver-reason" name="Reason">
              <textarea id="waiver-reason" name="reason" rows={3} maxLength={2000} required />
            </Field>
            <Field id="expires" name="Until">
              <input id="expires" name="expires" type="date" value={until} required />
            </Field>
            <div class="actions">
              <button type="submit" class="primary" disabled={isBusy}>
                Waive
              </button>
              <button type="button" onClick={() => onClose(false)}>
                Cancel
              </button>
            </div>
          </form>
        )}
      </Shown>
      {findings.value === null ? (
        <div class="actions">
          <button type="button" onClick={() => onClose(false)}>
            Close
          </button>
        </div>
      ) : null}
    </Dialog>
  );
}

function FindingChoice({ findings }: Pick<VerdictAnswer, 'findings'>) {
  return (
    <select id="fingerprint" name="fingerprint" required>
      {findings
        .filter(({ waived }) => waived === null)
        .map(({ fingerprint, rule, severity, title }) => (
          <option key={fingerprint} value={fingerprint}>
            {`${severity.toLowerCase()}: ${shownName(title).text} (${rule}, ${fingerprint.slice(0, 11)})`}
          </option>
        ))}
    </select>
  );
}
