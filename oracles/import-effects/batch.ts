// Reads lines of JSON, {"path", "loaded"}, from standard input and prints the effects of each Python source as a line of JSON.
// The programs beside this file build it. A class that is `*` stands for all of the module.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { importEffects } from '../../packages/core/src/import-effects/import-effects.js';
import { PythonModule } from '../../packages/core/src/python/module.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { path, loaded } = JSON.parse(line) as { readonly path: string; readonly loaded: readonly string[] };
  const usage = process.cpuUsage();
  const module = PythonModule.read(readFileSync(path));
  const classes = [...module.definitions].flatMap(([name, { kind }]) => (kind === 'class' ? [name] : []));
  const found = importEffects(module, loaded.includes('*') ? classes : loaded);
  const { user, system } = process.cpuUsage(usage);
  process.stdout.write(
    `${JSON.stringify({ path, ...found, imports: found.imports.length, processor: (user + system) / 1000 })}\n`,
  );
}
