import { Option } from 'commander';
import { byteCount } from './byte-count.js';

/*
 * Options that several commands have, with one text each. A new object each time: a command keeps what it was given.
 */

export const followLinks = (): Option =>
  new Option('--follow-links', 'follow links that lead out of the scanned folders (default: incomplete)');

export const offline = (): Option =>
  new Option('--offline', 'ask nothing of a network: hf:// is read from the local cache of the Hub');

export const allowPrivate = (): Option =>
  new Option('--allow-private', 'addresses of private networks and of this machine may be read (default: refused)');

export const maxDownload = (): Option =>
  new Option(
    '--max-download <size>',
    'largest file that is downloaded to be scanned where a server ignores ranges (default: 1GiB)',
  ).argParser(byteCount);

export const thorough = (): Option =>
  new Option('--thorough', 'read remote sources for what only repeats other records as well');
