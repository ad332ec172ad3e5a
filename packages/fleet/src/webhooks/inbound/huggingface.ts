import * as z from 'zod';
import { isSame } from '../../access/secret.js';
import { MAX_REFS_OF_DELIVERY } from '../../limits.js';
import type { Inbound, Understood } from './inbound.js';

/*
 * Webhooks of the Hub, version 3: https://huggingface.co/docs/hub/webhooks. The secret is sent as it is.
 */

const commit = z.string().regex(/^[0-9a-f]{40}$/);

const payload = z.object({
  event: z.object({ action: z.string().max(40), scope: z.string().max(100) }),
  repo: z.object({
    type: z.enum(['model', 'dataset', 'space']),
    name: z.string().regex(/^[\w][\w.-]{0,95}(?:\/[\w][\w.-]{0,95})?$/),
    headSha: commit.optional(),
  }),
  updatedRefs: z
    .array(z.object({ ref: z.string().max(300), newSha: commit.nullable() }))
    .max(1000)
    .optional(),
});

const FOLDERS = { model: '', dataset: 'datasets/', space: 'spaces/' } as const;

export const huggingface: Inbound = {
  isGenuine: ({ header, secret }) => isSame(header('x-webhook-secret') ?? '', secret),
  // The Hub gives deliveries no ID, and repeats one only when somebody asks it to.
  delivery: () => null,
  understand(value) {
    const { event, repo, updatedRefs } = payload.parse(value);
    if (!isAboutContent(event.scope, event.action)) return ignored(`${event.scope} ${event.action} changes no file`);
    const named = (updatedRefs ?? []).flatMap(({ ref, newSha }) =>
      isPublished(ref) && newSha !== null ? [newSha] : [],
    );
    const head = updatedRefs === undefined && repo.headSha !== undefined ? [repo.headSha] : [];
    const commits = [...new Set([...named, ...head])];
    if (commits.length === 0) return ignored('no branch or tag has a new commit');
    if (commits.length > MAX_REFS_OF_DELIVERY)
      return ignored(
        `${commits.length} commits at once are more than the ${MAX_REFS_OF_DELIVERY} that one delivery may begin`,
      );
    return {
      addresses: commits.map((sha) => `hf://${FOLDERS[repo.type]}${repo.name}@${sha}`),
      ignored: null,
    };
  },
};

/** Narrower scopes that are added later count as the scope that they narrow. */
function isAboutContent(scope: string, action: string): boolean {
  if (scope === 'repo') return action === 'create' || action === 'move';
  return scope === 'repo.content' || scope.startsWith('repo.content.');
}

/** Pull requests are taken in when they are merged. */
function isPublished(ref: string): boolean {
  return ref.startsWith('refs/heads/') || ref.startsWith('refs/tags/');
}

function ignored(why: string): Understood {
  return { addresses: [], ignored: why };
}
