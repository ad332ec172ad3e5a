import { isIPv4, isIPv6 } from 'node:net';

/** Whether a text of the configuration is an address or a network. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  return most > 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}
