import { expect, test } from 'vitest';
import { refuseUserEntry } from './user-entry.js';

test.each([
  'mylib.model.Net',
  'mylib.Net',
  'torchvision.models.resnet.ResNet',
  'my_code.Net',
  'mylib.code.Net',
  'mylib.profile.User',
  'evaluate.Metric',
  'mylib.eval.Net',
])('%s can be allowed', (entry) => {
  expect(refuseUserEntry(entry)).toBeNull();
});

test.each([
  ['', /empty/],
  ['torch', /no dot/],
  ['eval', /no dot.*danger list/],
  ['eval.x', /eval is in the danger list/],
  ['exec.inner.x', /exec is in the danger list/],
  ['mylib', /no dot/],
  ['mylib.*', /wildcard/],
  ['*', /wildcard/],
  ['mylib.Net?', /wildcard/],
  ['mylib.Net ', /blanks or control/],
  ['mylib.\u0000Net', /blanks or control/],
  ['mylib.Net\n', /blanks or control/],
  ['mylib.\u202eNet', /blanks or control/],
  ['.Net', /part of it is empty/],
  ['mylib.', /part of it is empty/],
  ['mylib..Net', /part of it is empty/],
  ['os.system', /os is in the danger list/],
  ['os.path', /os is in the danger list/],
  ['os', /danger list/],
  ['subprocess.Popen', /danger list/],
  ['sys.exit', /danger list/],
  ['builtins.eval', /danger list/],
  ['builtins.set', /danger list/],
  ['shutil.copy', /danger list/],
  ['socket.socket', /danger list/],
  ['pickle.loads', /danger list/],
  ['_pickle.loads', /danger list/],
  ['code.interact', /danger list/],
  ['pty.spawn', /danger list/],
  ['numpy.f2py.crackfortran.myeval', /danger list/],
  ['operator.attrgetter', /danger list/],
  ['torch.load', /danger list/],
  ['mylib.Net.__globals__', /danger list/],
  ['numpy.os', /danger list/],
  ['functools.partial', /judged by its arguments/],
  ['torch.nn.modules.linear', /whole module/],
])('%j is refused', (entry, reason) => {
  expect(refuseUserEntry(entry)).toMatch(reason);
});
