import type { Outcome } from '../exit-code.js';
import type { Command } from 'commander';
import { wantsColor } from '../streams.js';
import { addColor, type ColorChoice } from './color.js';

const EXAMPLES = `Examples:
  sentinel trace model.pkl
  sentinel trace model.pt | less
  curl -s https://models.example.org/model.pkl | sentinel trace -
  sentinel trace archive.zip --color never > program.txt
`;

const AFTER = `
How to read it:
  Every pickle stream in the file is a program, with byte offsets on the left.
  _1, _2 …                  what calls and persistent_load give
  import_global(m, n)       a name that is no ordinary identifier, written out
  setstate(x, s)            BUILD: x.__setstate__(s), or its attributes are set
  setitems(x, d)            x[key] = value for each of them
  extend(x, l)              x.extend(l), or x.append for each of them
  # dangerous, # unexpected what the catalogue says on a global
  …, …(+N)                  left out; so much of it was cut
  <unknown>                 what nothing in the stream says

Exit codes:
  0  every stream was read to its end, also if it is dangerous
  2  something could not be read`;

export function addTraceCommand(program: Command, outcome: Outcome): void {
  const command = program
    .command('trace')
    .summary('print what loading a file would do')
    .description('Prints what loading a file would do as a readable program with byte offsets. Nothing is executed.')
    .argument('<file>', 'a pickle, a file with pickles in it, a folder of them, or - for standard input');
  addColor(command)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (file: string, options: { readonly color?: ColorChoice }) => {
      const { runTrace } = await import('../trace/run.js');
      outcome.code = await runTrace(file, wantsColor(options.color));
    });
}
