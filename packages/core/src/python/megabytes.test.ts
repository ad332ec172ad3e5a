import { expect, test } from 'vitest';
import { sized } from '../../../../oracles/full-size.js';
import { PythonModule } from './module.js';

/** Characters. */
const LENGTH = sized(2 ** 20, 2 ** 16);

test.each(['yield ', 'not ', '-', 'lambda: ', '(', '[', 'await ', '*', 'a if b else ', 'x := ', 'f"{'])(
  '%j as often as a file can have it is a limit, and no stack overflows',
  (piece) => {
    const source = PythonModule.readText(`x = ${piece.repeat(LENGTH / piece.length)}1\ny = f()\n`);
    expect(source.calls.length).toBeLessThanOrEqual(1);
  },
);
