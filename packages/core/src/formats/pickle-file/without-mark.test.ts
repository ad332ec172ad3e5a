import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { op, pickle } from '../../../test/kit.js';
import { look } from '../../../test/look-kit.js';
import { tarEntry, tarOf } from '../../../test/tar-builder.js';
import { bytesOf, zipOf } from '../../../test/zip-builder.js';

const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe('a pickle without a mark', () => {
  const named = pickle(op.global('marked', 'f'), op.pop);

  test.each(['a.bin', 'noext'])('is taken for one where it names something and breaks off: %s', async (name) => {
    const { modules, findings, incomplete } = await look(name, named);
    expect(modules).toEqual(['marked']);
    // Under such a name it is given to torch.load.
    expect(findings).toEqual([...(name === 'a.bin' ? ['TORCH-LOAD-UNTRUSTED'] : []), 'PICKLE-GLOBAL-IMPORT']);
    expect(incomplete[0]).toContain('truncated');
  });

  test('is taken for one in a model file even where it only names something', async () => {
    const cut = bytesOf('cmarked\nf');
    expect((await look('a.bin', cut)).modules).toEqual(['marked']);
    expect((await look('a.bin.gz', gzipSync(cut))).modules).toEqual(['marked']);
  });

  test.each(['cat\ndog\n', 'cat\ndog\ncow\ncar\n', 'cpu\ngpu\n0\n'])('is no list of words: %j', async (text) => {
    expect(await look('labels', bytesOf(text))).toEqual({ modules: [], incomplete: [], findings: [] });
  });

  test.each([
    ['words alone', 'cmarked\nf\n', ['marked'], 'truncated'],
    ['a line that is cut', 'cmarked\nf', ['marked'], 'truncated'],
    ['INST without a MARK, which pure Python looks up', 'imarked\nf\n', ['marked'], 'INST without a MARK'],
    ['what no opcode follows', 'cmarked\nf\nwords', ['marked'], 'invalid opcode'],
    ['a package, imported before what cannot be', 'cmarked. x\nf\n', ['marked. x'], 'truncated'],
    ['a name with a hyphen, whole', 'cmy-marked\nf\n.', ['my-marked'], null],
    ['behind a stream of its own', 'N.cmarked\nf\n', ['marked'], null],
    ['a code of the registry, whole', '\x82\x01.', ['copyreg extension'], null],
    ['called behind a stream of its own', 'N.cmarked\nf\n(tR.', ['marked'], null],
  ])('counts unless a name says that it is text: %s', async (_, text, expected, reason) => {
    for (const name of ['b', 'weights.dat', 'README.bak']) {
      const { modules, findings, incomplete } = await look(name, latin1Bytes(text));
      expect(modules).toEqual(expected);
      expect(findings[0]).toMatch(/^PICKLE-(?:GLOBAL-IMPORT|EXEC)$/);
      if (reason !== null) expect(incomplete[0]).toContain(reason);
    }
  });

  test.each([
    'labels.txt',
    'a/README',
    'MIT-LICENSE',
    'x-1.0.dist-info/RECORD',
    'classes.names',
    'words.lst',
    'en.dic',
    'a.smi',
    'lib/Makefile',
  ])('is text by its name, as long as it does no more than text: %s', async (name) => {
    for (const text of ['cat\ndog\n', 'cat\ndog\nwords', 'include\nthis\n', 'cat-1.0/RECORD\ndog\n'])
      expect(await look(name, bytesOf(text))).toEqual({ modules: [], incomplete: [], findings: [] });
    for (const text of [
      'cmarked\nf\n.',
      'cmarked\nf\n)R',
      'N.cmarked\nf\n',
      '(imarked\nf\n',
      'X\x06\0\0\0marked\x8c\x01f\x93\xff',
    ])
      expect((await look(name, latin1Bytes(text))).modules).toEqual(['marked']);
    expect((await look(name, bytesOf('cmarked. x\nf\n)R'))).modules).toEqual(['marked. x']);
  });

  test('is given to the unpickler by pandas where it is all of an archive, under any name', async () => {
    const data = bytesOf('cmarked\nf\n');
    const other = { name: 'other.txt', data: bytesOf('words') };
    const member = { name: 'labels.txt', data };
    expect((await look('a.zip', zipOf([member]))).modules).toEqual(['marked']);
    expect((await look('a.zip', zipOf([member, other]))).modules).toEqual([]);
    const inTar = tarEntry({ name: 'labels.txt', data });
    expect((await look('a.tar', tarOf(inTar))).modules).toEqual(['marked']);
    expect((await look('a.tar.gz', gzipSync(tarOf(inTar)))).modules).toEqual(['marked']);
    expect((await look('a.tar', tarOf(inTar, tarEntry({ name: 'b', data: bytesOf('words') })))).modules).toEqual([]);
    expect((await look('labels.txt.gz', gzipSync(data))).modules).toEqual([]);
  });

  test('is a list of classes in a Java archive', async () => {
    const data = bytesOf('com.example.Service\n');
    const manifest = { name: 'META-INF/MANIFEST.MF', data: bytesOf('Manifest-Version: 1.0\n') };
    const jar = (name: string): Uint8Array => zipOf([manifest, { name, data }]);
    expect((await look('a.jar', jar('META-INF/services/a.B'))).modules).toEqual([]);
    expect((await look('a.jar', jar('services/a.B'))).modules).toEqual(['om.example.Service']);
  });

  test.each(['c two words\nf\n', 'ca/b\nf\n', 'c\nf\n', 'class A:\n    pass\n'])(
    'says nothing where no module has such a name: %j',
    async (text) => {
      expect(await look('b', bytesOf(text))).toEqual({ modules: [], incomplete: [], findings: [] });
    },
  );
});

test.each([32, 40, 64])('a digest of %i digits alone is none, as in references of git', async (length) => {
  const nothing = { modules: [], incomplete: [], findings: [] };
  const digits = '3f'.repeat(length).slice(1, length);
  const module = digits;
  for (const end of ['\n', '\r\n']) expect(await look('main', bytesOf(`c${digits}${end}`))).toEqual(nothing);
  expect((await look('main.pkl', bytesOf(`c${digits}\n`))).modules).toEqual([module]);
  expect((await look('main', bytesOf(`c${digits}\nf\n`))).modules).toEqual([module]);
  expect((await look('main', bytesOf(`c${digits}\n.`))).modules).toEqual([module]);
  expect((await look('main', bytesOf(`c${digits}0\n`))).modules).toEqual([`${module}0`]);
});

test('what make and Fortran write begins with `c` for other reasons', async () => {
  const nothing = { modules: [], incomplete: [], findings: [] };
  expect(await look('cache.d', bytesOf('cache_allocator.o: a.c \\\n  b.h\n'))).toEqual(nothing);
  expect(await look('blas.f', bytesOf('c-----------\nc  a comment\n      end\n'))).toEqual(nothing);
  expect((await look('blas.f', bytesOf("cos\nsystem\n(S'true'\ntR."))).modules).toEqual(['os']);
});
