import { useState } from 'preact/hooks';
import type { Artifact } from '../api/types.js';
import { dayIn } from '../model/time.js';
import { useDesk, useMayAct } from './context.js';
import { Problem, useDoing } from './loaded.js';
import { Dialog, Field, Said, State, valueOf, When } from './parts.js';
import { WaiveDialog } from './waive.js';

type Question = 'promote' | 'reject' | 'waive';

/** Where an artifact stands, and what this role may make of it. */
export function Decide({ artifact, onDone }: { readonly artifact: Artifact; readonly onDone: () => void }) {
  const { api } = useDesk();
  const mayReview = useMayAct('reviewer');
  const mayRetest = useMayAct('submitter');
  const [asking, setAsking] = useState<Question | null>(null);
  const { isBusy, error, run } = useDoing();
  const { id, state, reason, changedAt, counts } = artifact;
  const isJudged = state !== 'received' && state !== 'scanning';
  const isOpen = state === 'passed' || state === 'failed' || state === 'incomplete';
  const close = (isChanged: boolean): void => {
    setAsking(null);
    if (isChanged) onDone();
  };
  return (
    <section class="decide" aria-label="Decision">
      <div>
        <p>
          <State state={state} /> <span class="soft">since</span> <When at={changedAt} />
        </p>
        {reason === null ? null : (
          <p class="soft">
            <Said text={reason} />
          </p>
        )}
        {isOpen && !mayReview ? <p class="soft">A reviewer decides what becomes of it.</p> : null}
        {isJudged && !isOpen ? <p class="soft">It is decided. A retest opens the question again.</p> : null}
      </div>
      <div class="actions">
        {mayReview && isOpen ? (
          <button
            type="button"
            class={state === 'passed' ? 'primary' : ''}
            disabled={isBusy}
            onClick={() => setAsking('promote')}
          >
            Promote
          </button>
        ) : null}
        {mayReview && isOpen ? (
          <button
            type="button"
            class={state === 'failed' ? 'primary' : ''}
            disabled={isBusy}
            onClick={() => setAsking('reject')}
          >
            Reject
          </button>
        ) : null}
        {mayReview && isJudged && Object.values(counts).some((count) => count > 0) ? (
          <button type="button" disabled={isBusy} onClick={() => setAsking('waive')}>
            Waive a finding
          </button>
        ) : null}
        {mayRetest && isJudged ? (
          <button
            type="button"
            disabled={isBusy}
            onClick={() => void run(() => api.retest(id)).then((isDone) => isDone && onDone())}
          >
            Retest
          </button>
        ) : null}
      </div>
      {error === null ? null : <Problem text={error} />}
      {asking === 'promote' || asking === 'reject' ? (
        <DecisionDialog artifact={artifact} decision={asking} onClose={close} />
      ) : null}
      {asking === 'waive' ? <WaiveDialog artifact={artifact} until={dayIn(30, Date.now())} onClose={close} /> : null}
    </section>
  );
}

function DecisionDialog(props: {
  readonly artifact: Artifact;
  readonly decision: 'promote' | 'reject';
  readonly onClose: (isChanged: boolean) => void;
}) {
  const { artifact, decision, onClose } = props;
  const { api } = useDesk();
  const { isBusy, error, run } = useDoing();
  const needsReason = decision === 'reject' || artifact.state !== 'passed';
  const submit = (form: HTMLFormElement): void => {
    const reason = valueOf(form, 'reason');
    void run(() => api.decide(artifact.id, decision, reason === '' ? null : reason)).then(
      (isDone) => isDone && onClose(true),
    );
  };
  return (
    <Dialog
      title={decision === 'promote' ? 'Promote this artifact' : 'Reject this artifact'}
      onClose={() => onClose(false)}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        <p>
          {decision === 'promote'
            ? artifact.state === 'passed'
              ? 'Its bytes can be downloaded from here from then on.'
              : 'It did not pass. Its bytes can be downloaded from here all the same, and your name stands beside it.'
            : 'Clients are refused, whatever the verdict says.'}
        </p>
        {error === null ? null : <Problem text={error} />}
        <Field id="reason" name={needsReason ? 'Reason' : 'Reason, if there is something to say'}>
          <textarea id="reason" name="reason" rows={3} maxLength={2000} required={needsReason} />
        </Field>
        <div class="actions">
          <button type="submit" class="primary" disabled={isBusy}>
            {decision === 'promote' ? 'Promote' : 'Reject'}
          </button>
          <button type="button" onClick={() => onClose(false)}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
