// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'attrs 26.1.0',
  groups: [
    {
      why: 'sets its own slots only, by object.__setattr__',
      names: `
attr._version_info: VersionInfo
attr.validators: _DeepIterable _InValidator _InstanceOfValidator _MatchesReValidator _MaxLengthValidator _NumberValidator _OptionalValidator`,
    },
  ],
  uses: '',
  members: '',
  refused: '',
};
