import type * as torchLoad from './torch-load.js';

let loaded: typeof torchLoad | null = null;

/** PyTorch's restricted loader, which few scans need. Asking for a module anew costs as much as a small file. */
export async function restrictedLoader(): Promise<typeof torchLoad> {
  return (loaded ??= await import('./torch-load.js'));
}
