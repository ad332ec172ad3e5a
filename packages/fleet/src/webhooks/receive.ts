import * as z from 'zod';
import type { SecretBox } from '../access/secret-box.js';
import { inTransaction, type Pool } from '../database/pool.js';
import { RefusedError } from '../model/errors.js';
import type { Intakes } from '../model/ports.js';
import { forgetDelivery, inboundSecret, isFirstDelivery } from './hooks.js';
import type { Delivery } from './inbound/inbound.js';
import { INBOUND } from './inbound/kinds.js';

export interface Received {
  readonly intakes: string[];
  readonly ignored: string | null;
}

const HIGHER = 60;

/**
 * Takes a delivery from outside. An unknown hook and a wrong signature are answered alike: nobody learns which hooks there are.
 * What an address may be is checked where intakes begin.
 */
export async function receive(
  pool: Pool,
  secrets: SecretBox,
  intakes: Intakes,
  id: string,
  given: Omit<Delivery, 'secret'>,
  trace: string,
): Promise<Received> {
  const hook = await inboundSecret(pool, secrets, id);
  const { kind, secret } = hook ?? { kind: 'generic' as const, secret: '' };
  const delivery = { ...given, secret };
  const isGenuine = INBOUND[kind].isGenuine(delivery);
  if (hook === null || !isGenuine)
    throw new RefusedError(401, 'bad-signature', 'the secret or the signature of the delivery does not hold');
  const { addresses, ignored } = understand(kind, given.body);
  const key = INBOUND[kind].delivery(delivery);
  if (key !== null && !(await inTransaction(pool, (transaction) => isFirstDelivery(transaction, id, key))))
    return { intakes: [], ignored: 'this delivery was taken before' };
  const begun: string[] = [];
  try {
    for (const address of addresses) {
      const request = { kind: kindOf(address), address, importance: HIGHER };
      begun.push((await intakes.create(request, { name: `webhook:${id}`, trace })).id);
    }
  } catch (error) {
    // Sent again, it begins all of them again: what is known by then is not read twice.
    if (key !== null) await forgetDelivery(pool, id, key);
    throw error;
  }
  return { intakes: begun, ignored };
}

function understand(
  kind: keyof typeof INBOUND,
  body: Uint8Array,
): { addresses: readonly string[]; ignored: string | null } {
  try {
    return INBOUND[kind].understand(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError || error instanceof TypeError)
      throw new RefusedError(400, 'bad-delivery', `the delivery is none of ${kind}`);
    throw error;
  }
}

const KINDS = { 'hf:': 'hf', 's3:': 's3', 'oci:': 'oci', 'https:': 'https' } as const;

/** Throws a RefusedError for an address of no scheme that is taken in. */
export function kindOf(address: string): 'hf' | 's3' | 'oci' | 'https' {
  const scheme = /^[a-z0-9+.-]{1,10}:(?=\/\/)/i.exec(address)?.[0].toLowerCase() ?? '';
  if (!Object.hasOwn(KINDS, scheme))
    throw new RefusedError(400, 'bad-address', 'an address begins with hf://, s3://, oci:// or https://');
  return KINDS[scheme as keyof typeof KINDS];
}
