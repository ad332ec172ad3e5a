import { expect, test } from 'vitest';
import { namedOrigin, originOfText } from './path-text.js';

test.each([
  ['sys.argv', 'user'],
  ['os.environ.get', 'user'],
  ['pathlib.Path.home', 'user'],
  ['pathlib.Path.cwd', 'constant'],
  ['pathlib.Path', 'arguments'],
  ['tempfile.gettempdir', 'store'],
  ['tempfile.mkdtemp', 'constant'],
  ['urllib.request.urlopen', 'network'],
  ['urllib2.urlopen', 'network'],
  ['urllib.parse.urljoin', 'arguments'],
  ['boto3.client', 'store'],
  ['builtins.open', 'arguments'],
  ['builtins.open.name', null],
  ['json.load', 'arguments'],
  ['jsonlike.load', null],
  ['uuid.uuid4', 'constant'],
  ['mine.path', null],
])('%s says %s', (name, origin) => expect(namedOrigin(name)).toBe(origin));

test.each([
  ['~/model.pt', 'user'],
  ['$HOME/model.pt', 'user'],
  ['s3://bucket/model.pt', 'store'],
  ['ABFSS://x', 'store'],
  ['https://host/model.pt', 'network'],
  ['file:///model.pt', 'constant'],
  ['c://model.pt', 'constant'],
  ['/mnt/model.pt', 'store'],
  ['//host/share', 'store'],
  ['model.pt', 'constant'],
])('the text %s says %s', (text, origin) => expect(originOfText(text)).toBe(origin));
