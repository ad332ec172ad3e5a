import { describe, expect, test } from 'vitest';
import { check } from '../../../test/fact-kit.js';
import { target } from '../../../test/repository-kit.js';
import rule from './target.js';

describe('REPO-TARGET', () => {
  test.each([
    'os.system',
    'subprocess.Popen',
    'builtins.eval',
    'torch.load',
    'hydra.utils.instantiate',
    'hydra.utils.get_method',
  ])('dangerous: %s', (name) => {
    expect(check(rule, target(name))).toMatchObject({ severity: 'CRITICAL', level: 4 });
  });

  test.each(['acme.models.Net', 'nemo.utils.helpers.run', 'torchvision.utils.make_grid', 'Net'])(
    'unexpected: %s',
    (name) => {
      expect(check(rule, target(name))).toMatchObject({ level: 3, entries: [{ entry: name, role: 'bare' }] });
    },
  );

  test('a bare target is a finding where its name is dangerous', () => {
    const alone = (name: string) => ({ ...target(name, 'target'), isAlone: true as const });
    expect(check(rule, alone('os.system'))).toMatchObject({ level: 4 });
    expect(check(rule, alone('acme.models.Net'))).toBeUndefined();
    expect(rule.check(alone('acme.models.Net'), { userAllow: new Set(['acme.models.Net']) })).toBeUndefined();
  });

  test('a library of PEFT', () => {
    expect(check(rule, target('acme', 'parent_library'))).toMatchObject({ level: 3 });
    expect(check(rule, target('transformers_modules.org.repo.m', 'parent_library'))).toMatchObject({
      severity: 'MEDIUM',
    });
  });

  test('a name that the user allows', () => {
    const match = rule.check(target('acme.models.Net'), { userAllow: new Set(['acme.models.Net']) });
    expect(match).toMatchObject({ quiet: true, allowedBy: ['acme.models.Net'] });
    expect(rule.check(target('os.system'), { userAllow: new Set(['os.system']) })).toMatchObject({ level: 4 });
  });

  test.each([
    ['torch.nn.Linear', '_target_'],
    ['torch.nn.functional.gelu', '_target_'],
    ['nemo.collections.asr.models.EncDecCTCModel', 'target'],
    ['ldm.models.diffusion.ddpm.LatentDiffusion', 'target'],
    ['lightning.pytorch.callbacks.ModelCheckpoint', 'class_path'],
    ['collections.OrderedDict', '_target_'],
    ['transformers.models.bert.modeling_bert', 'parent_library'],
  ])('is quiet on %s (%s)', (name, key) => {
    expect(check(rule, target(name, key))).toBeUndefined();
  });
});
