import { isAddress } from '../sources/address.js';

/** Addresses that name no server: the user's environment does. */
const OWN_SERVERS = /^(?:(?:hf|s3|gs):\/\/|hf-cache:)/i;

/**
 * Whose servers a report alone may lead to: those of the user's environment, those that are allowed, and registries that the
 * user is logged in to.
 */
export async function askableServers(
  paths: readonly string[],
  allowed: readonly string[],
): Promise<(address: string) => boolean> {
  const others = paths.filter((path) => isAddress(path) && !OWN_SERVERS.test(path));
  const asked = new Set<string>();
  if (others.length > 0) {
    const { isKnownRegistry } = await import('../sources/known-registry.js');
    const hosts = new Set(allowed.map((host) => host.toLowerCase()));
    for (const path of others) {
      const host = hostOf(path);
      if ((host !== '' && hosts.has(host)) || isKnownRegistry(path)) asked.add(path);
    }
  }
  return (address) => OWN_SERVERS.test(address) || asked.has(address);
}

/** The server of an address, with its port where it has one; no user and no password. */
function hostOf(address: string): string {
  return (/^[a-z]+:\/\/([^/?#\\@]*)(?:[/?#]|$)/i.exec(address)?.[1] ?? '').toLowerCase();
}
