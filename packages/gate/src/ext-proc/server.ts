import type { ExtProcConfig } from '../config/gate-config.js';
import type { MakeListener } from '../proxy/gate.js';
export function extProcServer(_config: ExtProcConfig): MakeListener {
  return () => ({ name: 'ext_proc', listen: () => Promise.resolve(0), stop: () => Promise.resolve() });
}
