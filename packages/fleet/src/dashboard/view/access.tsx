import {
  ROLES,
  type ApiToken,
  type EventKind,
  type InboundHook,
  type InboundKind,
  type Role,
  type Webhook,
} from '../api/types.js';
import { Made, Remove, Section } from './access-parts.js';
import { useDesk } from './context.js';
import { Field, Heading, Said, valueOf, When } from './parts.js';

/** Who and what may ask: tokens, webhooks to others, webhooks from others. */
export function Access() {
  return (
    <>
      <Heading title="Access" />
      <Tokens />
      <Webhooks />
      <InboundHooks />
    </>
  );
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  client: 'downloads what passes, asks for verdicts',
  viewer: 'sees everything here',
  submitter: 'takes in addresses and files',
  reviewer: 'promotes, rejects, waives',
  admin: 'everything',
};

const LIFETIMES = [
  [30, '30 days'],
  [90, '90 days'],
  [365, 'a year'],
] as const;

function Tokens() {
  const { api } = useDesk();
  const create = async (form: HTMLFormElement): Promise<string> => {
    const role = ROLES.find((one) => one === valueOf(form, 'role')) ?? 'client';
    const days = Number(valueOf(form, 'days'));
    const { secret } = await api.createToken({ name: valueOf(form, 'name'), role, days: days === 0 ? null : days });
    return secret;
  };
  return (
    <Section
      title="API tokens"
      what="the tokens"
      load={() => api.tokens()}
      heads={['Name', 'Role', 'Made', 'Ends', 'Last used']}
      none="There is no token yet."
      row={(token, reload) => <TokenRow key={token.id} token={token} reload={reload} />}
      add="New token"
      secretName="the token"
      create={create}
    >
      <Field id="token-name" name="What it is for">
        <input id="token-name" name="name" type="text" maxLength={200} required autocomplete="off" />
      </Field>
      <Field id="token-role" name="Role">
        <select id="token-role" name="role">
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {role}: {ROLE_WORDS[role]}
            </option>
          ))}
        </select>
      </Field>
      <Field id="token-days" name="Holds for">
        <select id="token-days" name="days" value="90">
          {LIFETIMES.map(([days, words]) => (
            <option key={days} value={String(days)}>
              {words}
            </option>
          ))}
          <option value="0">until it is revoked</option>
        </select>
      </Field>
    </Section>
  );
}

function TokenRow({ token, reload }: { readonly token: ApiToken; readonly reload: () => void }) {
  const { api } = useDesk();
  const { id, name, role, createdBy, createdAt, expiresAt, lastUsedOn, revokedAt } = token;
  return (
    <tr class={revokedAt === null ? '' : 'is-over'}>
      <th scope="row">
        <Said text={name} />
      </th>
      <td>{role}</td>
      <Made at={createdAt} by={createdBy} />
      <td>{revokedAt === null ? (expiresAt === null ? 'never' : expiresAt.slice(0, 10)) : 'revoked'}</td>
      <td>{lastUsedOn ?? 'never'}</td>
      <td>
        {revokedAt === null ? (
          <Remove word="Revoke" what={`the token ${name}`} remove={() => api.revokeToken(id)} onDone={reload} />
        ) : null}
      </td>
    </tr>
  );
}

const EVENTS: readonly (readonly [EventKind, string])[] = [
  ['artifact.state', 'an artifact changes its state'],
  ['intake.done', 'a source is read'],
  ['waiver.expires', 'a waiver ends'],
];

function Webhooks() {
  const { api } = useDesk();
  const create = async (form: HTMLFormElement): Promise<string> => {
    const chosen = new FormData(form).getAll('events');
    const events = EVENTS.map(([event]) => event).filter((event) => chosen.includes(event));
    const { secret } = await api.createWebhook({ url: valueOf(form, 'url'), events });
    return secret;
  };
  return (
    <Section
      title="Webhooks to others"
      what="the webhooks"
      load={() => api.webhooks()}
      heads={['Address', 'When', 'Made', 'Last sent']}
      none="Nobody hears of what happens here."
      row={(hook, reload) => <WebhookRow key={hook.id} hook={hook} reload={reload} />}
      add="New webhook"
      secretName="the secret that signs it"
      create={create}
    >
      <Field id="hook-url" name="Address">
        <input id="hook-url" name="url" type="url" maxLength={2048} placeholder="https://…" required />
      </Field>
      <fieldset>
        <legend>It hears when</legend>
        {EVENTS.map(([event, words]) => (
          <label key={event}>
            <input type="checkbox" name="events" value={event} defaultChecked /> {words}
          </label>
        ))}
      </fieldset>
    </Section>
  );
}

function WebhookRow({ hook, reload }: { readonly hook: Webhook; readonly reload: () => void }) {
  const { api } = useDesk();
  const { id, url, events, createdBy, createdAt, lastDelivery } = hook;
  return (
    <tr>
      <th scope="row">
        <Said text={url} />
      </th>
      <td>{events.join(', ')}</td>
      <Made at={createdAt} by={createdBy} />
      <td>
        {lastDelivery === null ? (
          'never'
        ) : (
          <>
            <When at={lastDelivery.at} />
            <span class={lastDelivery.error === null ? 'soft' : 'tone-bad'}>
              <Said text={lastDelivery.error ?? `status ${lastDelivery.status ?? ''}`} />
            </span>
          </>
        )}
      </td>
      <td>
        <Remove word="Remove" what={`the webhook to ${url}`} remove={() => api.removeWebhook(id)} onDone={reload} />
      </td>
    </tr>
  );
}

const SENDERS: Readonly<Record<InboundKind, string>> = {
  huggingface: 'Hugging Face: a repository changed',
  mlflow: 'MLflow: a model version was made',
  generic: 'any sender that signs with HMAC',
};

function InboundHooks() {
  const { api } = useDesk();
  const create = async (form: HTMLFormElement): Promise<string> => {
    const asked = valueOf(form, 'kind');
    const kind = asked === 'huggingface' || asked === 'mlflow' ? asked : 'generic';
    const { secret, path } = await api.createInboundHook(kind);
    return `${location.origin}${path}\n${secret}`;
  };
  return (
    <Section
      title="Webhooks from others"
      what="the senders"
      load={() => api.inboundHooks()}
      heads={['Sender', 'Posts to', 'Made']}
      none="Nothing is taken in by itself."
      row={(hook, reload) => <InboundRow key={hook.id} hook={hook} reload={reload} />}
      add="New sender"
      secretName="the address and the secret"
      create={create}
    >
      <Field id="sender" name="Sender">
        <select id="sender" name="kind">
          {(['huggingface', 'mlflow', 'generic'] as const).map((kind) => (
            <option key={kind} value={kind}>
              {SENDERS[kind]}
            </option>
          ))}
        </select>
      </Field>
    </Section>
  );
}

function InboundRow({ hook, reload }: { readonly hook: InboundHook; readonly reload: () => void }) {
  const { api } = useDesk();
  const { id, kind, path, createdBy, createdAt } = hook;
  return (
    <tr>
      <th scope="row">{SENDERS[kind]}</th>
      <td>
        <code>{path}</code>
      </td>
      <Made at={createdAt} by={createdBy} />
      <td>
        <Remove word="Remove" what={`the sender ${kind}`} remove={() => api.removeInboundHook(id)} onDone={reload} />
      </td>
    </tr>
  );
}
