import { hubName, parseHubAddress, SourceError, type HubAddress } from '@artifact-sentinel/sources';

/** What the address of the page asks for: a repository, or what is wrong with it. */
export type Wanted =
  | { readonly kind: 'repository'; readonly hub: HubAddress; readonly address: string }
  | { readonly kind: 'problem'; readonly reason: string };

const NAME = '#hf=';

/** `#hf=[datasets/|spaces/]org/name[@revision][/path]`; null where the page's address names nothing. */
export function wantedOf(hash: string): Wanted | null {
  if (!hash.startsWith(NAME)) return null;
  try {
    const hub = parseHubAddress(`hf://${decodeURIComponent(hash.slice(NAME.length))}`);
    const revision = hub.revision ?? 'main';
    return { kind: 'repository', hub: { ...hub, revision }, address: hubName(hub, revision, hub.path) };
  } catch (error) {
    if (error instanceof SourceError) return { kind: 'problem', reason: error.message };
    if (error instanceof URIError) return { kind: 'problem', reason: 'the address of this page has a broken escape' };
    throw error;
  }
}
