import { lazy } from '../../model/lazy.js';

/** PyTorch's restricted loader, which few scans need. */
export const restrictedLoader = lazy(() => import('./load.js'));
