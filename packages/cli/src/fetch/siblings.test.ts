import { expect, test } from 'vitest';
import { pickledSiblings } from './siblings.js';

const skipped = (...paths: readonly string[]): string[] => pickledSiblings(paths).map(({ path }) => path);

test('a pickle of the same stem in the same folder is skipped', () => {
  expect(skipped('a.safetensors', 'a.bin', 'a.pt', 'a.pth', 'a.ckpt', 'a.pkl', 'a.json', 'b.bin')).toEqual([
    'a.bin',
    'a.pt',
    'a.pth',
    'a.ckpt',
  ]);
  expect(skipped('one/a.safetensors', 'two/a.bin')).toEqual([]);
  expect(skipped('a.bin', 'a.pt')).toEqual([]);
});

test('the names of transformers and of shards', () => {
  expect(
    skipped(
      'model-00001-of-00002.safetensors',
      'model-00002-of-00002.safetensors',
      'model.safetensors.index.json',
      'pytorch_model-00001-of-00003.bin',
      'pytorch_model.bin.index.json',
      'optimizer.bin',
    ),
  ).toEqual(['pytorch_model-00001-of-00003.bin', 'pytorch_model.bin.index.json']);
  expect(skipped('unet/diffusion_pytorch_model.safetensors', 'unet/diffusion_pytorch_model.bin')).toHaveLength(1);
  expect(skipped('diffusion_pytorch_model.safetensors', 'model.bin')).toEqual([]);
});

test('the reason names the first of the files beside it', () => {
  const paths = ['m/b-2-of-2.safetensors', 'm/b-1-of-2.safetensors', 'm/b.bin', 'B.bin', 'm/c.bin.index.json'];
  expect(pickledSiblings(paths)).toEqual([{ path: 'm/b.bin', reason: 'm/b-2-of-2.safetensors is beside it' }]);
  expect(pickledSiblings(['x.safetensors', 'x.bin.INDEX.JSON', 'x.index.json'])).toEqual([
    { path: 'x.bin.INDEX.JSON', reason: 'x.safetensors is beside it' },
  ]);
});
