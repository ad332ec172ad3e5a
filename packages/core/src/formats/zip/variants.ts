import { isUnset, type ZipEntry } from './archive.js';
import { METHOD_STORED } from './facts.js';
import type { DataVariant } from './methods.js';

export interface LabelledVariant extends DataVariant {
  /** Stands behind the member's name; empty for what Python and PyTorch agree on. */
  readonly label: string;
}

/** General purpose bit 1 with method 14. */
const FLAG_END_MARKER = 1 << 1;

interface Header {
  readonly flags: number;
  readonly method: number;
  readonly compressed: number;
  readonly uncompressed: number;
}

/**
 * The data as each header describes it, each different reading once. Of a stored entry with two different sizes
 * Python takes the compressed one, PyTorch the uncompressed one (`mz_zip_reader_extract_to_mem_no_alloc1`).
 */
export function dataVariants(entry: ZipEntry): LabelledVariant[] {
  const { central, local, data } = entry;
  if (local === null || data === null) return [];
  const variants: LabelledVariant[] = [];
  const add = (header: Header, length: number, label: string): void => {
    const known = variants.some((other) => other.method === header.method && other.length === length);
    if (known) return;
    variants.push({
      method: header.method,
      start: data.start,
      length,
      uncompressed: isUnset(local, header.uncompressed) && header === local ? null : header.uncompressed,
      hasEndMarker: (header.flags & FLAG_END_MARKER) !== 0,
      label,
    });
  };
  const addHeader = (header: Header, name: string): void => {
    add(header, header.compressed, name === '' ? '' : ` [${name}]`);
    if (header.method === METHOD_STORED) {
      add(header, header.uncompressed, ` [${name === '' ? '' : `${name}, `}uncompressed size]`);
    }
  };
  if (central !== null) {
    addHeader(central, '');
    // The local header of a streamed entry has no sizes of its own.
    if (!isUnset(local, local.compressed)) addHeader(local, 'local header');
    else if (local.method !== central.method)
      add({ ...central, method: local.method }, central.compressed, ' [local header]');
    if (entry.descriptor !== null && entry.descriptor.compressed !== central.compressed) {
      add(central, entry.descriptor.compressed, ' [data descriptor]');
    }
  } else if (entry.sizeUnknown) {
    add(local, data.end - data.start, '');
  } else {
    addHeader(local, '');
  }
  return variants;
}
