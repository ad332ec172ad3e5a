import { Copyable } from '@artifact-sentinel/page/components';
import { Empty } from './parts.js';

/** What somebody does who sees this for the first time. */
export function FirstSteps({ mayTakeIn }: { readonly mayTakeIn: boolean }) {
  const { origin } = location;
  return (
    <Empty title="Nothing has entered yet">
      <p class="lead">Every model that comes in is read here, without loading it. Three ways in:</p>
      <ol class="ways">
        <li>
          <h3>From here</h3>
          <p class="soft">
            {mayTakeIn
              ? 'Type an address above, or drop a file anywhere on this page.'
              : 'Your role sees what entered. One that submits may take in addresses and files.'}
          </p>
        </li>
        <li>
          <h3>From a terminal or a pipeline</h3>
          <Copyable
            label="the command that uploads a file"
            text={`curl -T model.pt -H "Authorization: Bearer $SENTINEL_TOKEN" ${origin}/v1/uploads/model.pt`}
          />
        </li>
        <li>
          <h3>From every client of the Hub, without changing it</h3>
          <p class="soft">What passes is streamed through. What does not is refused, with the reason.</p>
          <Copyable
            label="the line for the Hub's clients"
            text={`export HF_ENDPOINT=${origin} HF_TOKEN=$SENTINEL_TOKEN`}
          />
        </li>
      </ol>
    </Empty>
  );
}
