import * as z from 'zod';
import { hasSignature, isFresh, signature, SIGNATURE_HEADER, TIMESTAMP_HEADER } from '../signature.js';
import { MAX_REFS_OF_DELIVERY } from '../../limits.js';
import type { Inbound } from './inbound.js';

/** For programs of one's own: `{"addresses": ["s3://bucket/key"]}`, signed as our own deliveries are. */
const payload = z.strictObject({ addresses: z.array(z.string().min(1).max(2048)).min(1).max(MAX_REFS_OF_DELIVERY) });

export const generic: Inbound = {
  isGenuine({ header, secret, body, now }) {
    const timestamp = header(TIMESTAMP_HEADER);
    const given = header(SIGNATURE_HEADER);
    if (timestamp === null || given === null || !isFresh(timestamp, now)) return false;
    return hasSignature(given, signature(secret, timestamp, body));
  },
  // Made here again: what stands in the header may be one of several, and another ID beside it is signed by nobody.
  delivery: ({ header, secret, body }) => signature(secret, header(TIMESTAMP_HEADER) ?? '', body),
  understand(value) {
    return { addresses: payload.parse(value).addresses, ignored: null };
  },
};
