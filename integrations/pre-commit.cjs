#!/usr/bin/env node
// The hook: `sentinel artifact` for the files that are to be committed. pre-commit puts their names behind the hook's
// `args`; a file may be called like an option (`--policy=x.pkl`), so that nothing but "--" may stand before them.
'use strict';

const given = process.argv.slice(2);
if (given.includes('--')) {
  process.argv.splice(2, given.length, 'artifact', ...given);
  // oxlint-disable-next-line import/no-unassigned-import -- it is a program
  require('../packages/cli/dist/sentinel.cjs');
} else {
  process.stderr.write('sentinel: the last of the hook\'s args has to be "--", as in args: [--rule, PICKLE, --]\n');
  process.exitCode = 2;
}
