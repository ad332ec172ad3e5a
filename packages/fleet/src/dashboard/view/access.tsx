import { useState } from 'preact/hooks';
import {
  ROLES,
  type ApiToken,
  type EventKind,
  type InboundHook,
  type InboundKind,
  type Role,
  type Webhook,
} from '../api/types.js';
import { CreateDialog, Remove, Rows, Section } from './access-parts.js';
import { useDesk } from './context.js';
import { Shown, useLoaded, type Loaded } from './loaded.js';
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
  const tokens = useLoaded(() => api.tokens(), []);
  const [isAsking, setAsking] = useState(false);
  const create = async (form: HTMLFormElement): Promise<string> => {
    const role = ROLES.find((one) => one === valueOf(form, 'role')) ?? 'client';
    const days = Number(valueOf(form, 'days'));
    const { secret } = await api.createToken({ name: valueOf(form, 'name'), role, days: days === 0 ? null : days });
    return secret;
  };
  return (
    <Section title="API tokens" add="New token" onAdd={() => setAsking(true)}>
      <Shown loaded={tokens} what="the tokens">
        {(items) => (
          <Rows label="API tokens" heads={['Name', 'Role', 'Made', 'Ends', 'Last used']} none="There is no token yet.">
            {items.map((token) => (
              <TokenRow key={token.id} token={token} all={tokens} />
            ))}
          </Rows>
        )}
      </Shown>
      {isAsking ? (
        <CreateDialog
          title="New token"
          secretName="the token"
          create={create}
          onClose={() => {
            setAsking(false);
            tokens.reload();
          }}
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
        </CreateDialog>
      ) : null}
    </Section>
  );
}

function TokenRow({ token, all }: { readonly token: ApiToken; readonly all: Loaded<readonly ApiToken[]> }) {
  const { api } = useDesk();
  const { id, name, role, createdBy, createdAt, expiresAt, lastUsedOn, revokedAt } = token;
  return (
    <tr class={revokedAt === null ? '' : 'is-over'}>
      <th scope="row">
        <Said text={name} />
      </th>
      <td>{role}</td>
      <td>
        <When at={createdAt} />
        <span class="soft">
          by <Said text={createdBy} />
        </span>
      </td>
      <td>{revokedAt === null ? (expiresAt === null ? 'never' : expiresAt.slice(0, 10)) : 'revoked'}</td>
      <td>{lastUsedOn ?? 'never'}</td>
      <td>
        {revokedAt === null ? (
          <Remove word="Revoke" what={`the token ${name}`} remove={() => api.revokeToken(id)} onDone={all.reload} />
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
  const webhooks = useLoaded(() => api.webhooks(), []);
  const [isAsking, setAsking] = useState(false);
  const create = async (form: HTMLFormElement): Promise<string> => {
    const chosen = new FormData(form).getAll('events');
    const events = EVENTS.map(([event]) => event).filter((event) => chosen.includes(event));
    const { secret } = await api.createWebhook({ url: valueOf(form, 'url'), events });
    return secret;
  };
  return (
    <Section title="Webhooks to others" add="New webhook" onAdd={() => setAsking(true)}>
      <Shown loaded={webhooks} what="the webhooks">
        {(items) => (
          <Rows
            label="Webhooks to others"
            heads={['Address', 'When', 'Made', 'Last sent']}
            none="Nobody is told of what happens here."
          >
            {items.map((hook) => (
              <WebhookRow key={hook.id} hook={hook} all={webhooks} />
            ))}
          </Rows>
        )}
      </Shown>
      {isAsking ? (
        <CreateDialog
          title="New webhook"
          secretName="the secret that signs it"
          create={create}
          onClose={() => {
            setAsking(false);
            webhooks.reload();
          }}
        >
          <Field id="hook-url" name="Address">
            <input id="hook-url" name="url" type="url" maxLength={2048} placeholder="https://…" required />
          </Field>
          <fieldset>
            <legend>It is told when</legend>
            {EVENTS.map(([event, words]) => (
              <label key={event}>
                <input type="checkbox" name="events" value={event} defaultChecked /> {words}
              </label>
            ))}
          </fieldset>
        </CreateDialog>
      ) : null}
    </Section>
  );
}

function WebhookRow({ hook, all }: { readonly hook: Webhook; readonly all: Loaded<readonly Webhook[]> }) {
  const { api } = useDesk();
  const { id, url, events, createdBy, createdAt, lastDelivery } = hook;
  return (
    <tr>
      <th scope="row">
        <Said text={url} />
      </th>
      <td>{events.join(', ')}</td>
      <td>
        <When at={createdAt} />
        <span class="soft">
          by <Said text={createdBy} />
        </span>
      </td>
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
        <Remove word="Remove" what={`the webhook to ${url}`} remove={() => api.removeWebhook(id)} onDone={all.reload} />
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
  const hooks = useLoaded(() => api.inboundHooks(), []);
  const [isAsking, setAsking] = useState(false);
  const create = async (form: HTMLFormElement): Promise<string> => {
    const asked = valueOf(form, 'kind');
    const kind = asked === 'huggingface' || asked === 'mlflow' ? asked : 'generic';
    const { secret, path } = await api.createInboundHook(kind);
    return `${location.origin}${path}\n${secret}`;
  };
  return (
    <Section title="Webhooks from others" add="New sender" onAdd={() => setAsking(true)}>
      <Shown loaded={hooks} what="the senders">
        {(items) => (
          <Rows
            label="Webhooks from others"
            heads={['Sender', 'Posts to', 'Made']}
            none="Nothing is taken in by itself."
          >
            {items.map((hook) => (
              <InboundRow key={hook.id} hook={hook} all={hooks} />
            ))}
          </Rows>
        )}
      </Shown>
      {isAsking ? (
        <CreateDialog
          title="New sender"
          secretName="the address and the secret"
          create={create}
          onClose={() => {
            setAsking(false);
            hooks.reload();
          }}
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
        </CreateDialog>
      ) : null}
    </Section>
  );
}

function InboundRow({ hook, all }: { readonly hook: InboundHook; readonly all: Loaded<readonly InboundHook[]> }) {
  const { api } = useDesk();
  const { id, kind, path, createdBy, createdAt } = hook;
  return (
    <tr>
      <th scope="row">{SENDERS[kind]}</th>
      <td>
        <code>{path}</code>
      </td>
      <td>
        <When at={createdAt} />
        <span class="soft">
          by <Said text={createdBy} />
        </span>
      </td>
      <td>
        <Remove
          word="Remove"
          what={`the sender ${kind}`}
          remove={() => api.removeInboundHook(id)}
          onDone={all.reload}
        />
      </td>
    </tr>
  );
}
