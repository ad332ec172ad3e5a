import type { Policy } from '../model/policy.js';

/** What holds without a policy file, and for whatever a file leaves open. */
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
