// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'attrs 26.1.0',
  groups: [
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
attr._make: _Nothing`,
    },
    {
      why: 'Sets its own slots only, by object.__setattr__.',
      insideDanger: true,
      names: `
attr._make: _AndValidator
attr._version_info: VersionInfo
attr.validators: _DeepIterable _InValidator _InstanceOfValidator _MatchesReValidator _MaxLengthValidator _NumberValidator _OptionalValidator`,
    },
    {
      why: 'Sets its own slots. Read in its source and tried.',
      insideDanger: true,
      names: `
attr._make: Factory`,
    },
  ],
  uses: `
Factory: bT2(g)
_Nothing: r1()`,
  members: '',
  shapes: '',
  refused: '',
};
