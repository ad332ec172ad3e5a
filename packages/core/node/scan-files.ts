import type { Scan, ScanOptions } from '@artifact-sentinel/core';
import { checkedOptions, SCAN_CHECKS, startScan } from '@artifact-sentinel/core/internal';
import { nodePlatform } from './platform.js';
import { checkedPaths, WALK_CHECKS, walk, type WalkOptions } from './walk.js';

export interface ScanFilesOptions extends ScanOptions, WalkOptions {}

/**
 * Scans files and folders with all that is below them, as `sentinel artifact` does: one path or a list. What cannot be read
 * makes the report incomplete. See `scan` for what it gives and when it rejects.
 */
export function scanFiles(paths: string | readonly string[], options: ScanFilesOptions = {}): Scan {
  return startScan(() => {
    const list = checkedPaths('scanFiles', paths);
    const { followLinks, ...given } = checkedOptions<ScanFilesOptions>('scanFiles', options, {
      ...SCAN_CHECKS,
      ...WALK_CHECKS,
    });
    return {
      inputs: walk(list, followLinks === undefined ? {} : { followLinks }),
      options: { ...given, platform: { ...nodePlatform, ...given.platform } },
    };
  });
}
