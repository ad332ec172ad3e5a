// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pydantic 2.14.3',
  groups: [
    {
      why: 'A int subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
pydantic.types: ByteSize`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
pydantic.fields: FieldInfo
pydantic.networks: NameEmail`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
pydantic.networks: AnyUrl HttpUrl
pydantic.types: Secret SecretBytes SecretStr`,
    },
  ],
  uses: `
ByteSize: n1()
FieldInfo: bP(gd)
NameEmail: bP()`,
  members: '',
  shapes: '',
  refused: '',
};
