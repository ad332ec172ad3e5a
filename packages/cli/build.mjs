// node packages/cli/build.mjs [FILE]: bundles the command line, into dist/ by default.
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './bundle.mjs';

await bundleCommand(process.argv[2] ?? fileURLToPath(new URL('dist/sentinel.cjs', import.meta.url)));
