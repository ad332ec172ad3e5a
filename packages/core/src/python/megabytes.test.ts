import { expect, test } from 'vitest';
import { PythonModule } from './module.js';

test.each(['yield ', 'not ', '-', 'lambda: ', '(', '[', 'await ', '*', 'a if b else ', 'x := ', 'f"{'])(
  'a megabyte of %j is a limit, and no stack overflows',
  (piece) => {
    const source = PythonModule.readText(`x = ${piece.repeat(2 ** 20 / piece.length)}1\ny = f()\n`);
    expect(source.calls.length).toBeLessThanOrEqual(1);
  },
);
