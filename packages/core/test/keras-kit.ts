import type { KerasObjectFact } from '../src/model/fact.js';
import { at, identity } from './fact-kit.js';

/** An object of a Keras configuration, for tests of what comes behind it. */
export function keras(parts: Partial<KerasObjectFact>): KerasObjectFact {
  return {
    kind: 'keras.object',
    at: at('m.keras!config.json', null),
    what: 'class',
    module: '',
    name: '',
    registeredName: null,
    keyPath: 'config.layers[1]',
    count: 1,
    identity: identity('config'),
    ...parts,
  };
}
