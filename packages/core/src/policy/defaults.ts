import type { Policy } from '../model/policy.js';

/** The policy without a policy file, and for keys that a file leaves out. */
export const DEFAULT_POLICY: Policy = {
  file: null,
  folder: null,
  defaults: { failOn: ['CRITICAL', 'HIGH'], ticketOn: ['MEDIUM'] },
  categories: {},
  rules: {},
  maxAcceptableSeverity: 0,
  paths: [],
  allow: [],
  accept: [],
  sourceComments: [],
  tightenedBy: [],
  origins: {},
};
