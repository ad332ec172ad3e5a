// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'babel 2.18.0',
  groups: [
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
babel.core: Locale
babel.dates: DateTimePattern
babel.localedata: Alias LocaleDataDict
babel.messages.catalog: Catalog Message
babel.numbers: NumberPattern
babel.support: Format`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: `
babel.plural PluralRule: Code in the state: loading stores it, but calling the rule compiles and evals Python text that is formed from it (values are not escaped)`,
};
