// Runs the built command line on small files and writes down, beside each part, what V8 has compiled of it: the
// functions that a short scan runs, and no others, since reading them costs as well. See src/code-cache.ts.
'use strict';
const { writeFileSync } = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const [program] = process.argv.splice(2);
const samples = path.join(__dirname, '../../fixtures');
const loaded = [];

vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    loaded.push({ file: options.filename, script: this });
  }
};
process.argv.push(
  'artifact',
  ...['samples', 'honest/torch'].map((name) => path.join(samples, name)),
  '--quiet',
  '--jobs',
  '1',
);
process.on('exit', () => {
  for (const { file, script } of loaded) writeFileSync(`${file}.cache`, script.createCachedData());
  process.exitCode = 0;
});
require(program);
