import { describe, expect, test } from 'vitest';
import { flowOf } from '../../test/flow-kit.js';
import { addressesOf, authenticationAt } from './addresses.js';

const addresses = (text: string): string[] =>
  addressesOf(flowOf(text)).map(({ at, address, use, reach }) => `${at.line} ${use} ${address} ${reach}`);

describe('an address', () => {
  test.each([
    ['s.bind("tcp://*:5555")', 'bind tcp://*:5555 any'],
    // What every object of JavaScript has opens nothing.
    ['s.toString("tcp://*:1"); s.bind("tcp://*:5555")', 'bind tcp://*:5555 any'],
    ['s.bind("tcp://0.0.0.0:5555")', 'bind tcp://0.0.0.0:5555 any'],
    ['s.bind("tcp://[::]:5555")', 'bind tcp://[::]:5555 any'],
    ['s.bind("tcp://127.0.0.1:5555")', 'bind tcp://127.0.0.1:5555 same-host'],
    ['s.bind("tcp://localhost:5555")', 'bind tcp://localhost:5555 same-host'],
    ['s.bind("tcp://[::1]:5555")', 'bind tcp://[::1]:5555 same-host'],
    ['s.bind("tcp://10.0.0.7:5555")', 'bind tcp://10.0.0.7:5555 host'],
    ['s.bind("ipc:///tmp/x")', 'bind ipc:///tmp/x same-host'],
    ['s.bind("inproc://x")', 'bind inproc://x same-host'],
    ['s.connect("tcp://worker:5555")', 'connect tcp://worker:5555 host'],
    ['s.bind(("", 80))', 'bind *:80 any'],
    ['s.bind(("0.0.0.0", 80))', 'bind 0.0.0.0:80 any'],
    ['s.bind((host(), 80))', 'bind {host()}:80 host'],
    ['s.bind_to_random_port("tcp://*")', 'bind tcp://* any'],
    ['socket.create_connection(("h", 1))', 'connect h:1 host'],
    ['server.add_insecure_port("[::]:50051")', 'bind [::]:50051 any'],
    ['server.add_insecure_port("::")', 'bind :: any'],
    ['server.add_insecure_port("*:1")', 'bind *:1 any'],
    ['app.run(host="0.0.0.0")', 'bind 0.0.0.0 any'],
    ['app.run(port=1, host="localhost")', 'bind localhost same-host'],
    ['uvicorn.run(app, host="0.0.0.0")', 'bind 0.0.0.0 any'],
    ['HTTPServer(("", 80), H)', 'bind *:80 any'],
    ['Listener("/tmp/x")', 'bind /tmp/x same-host'],
    ['Client(("h", 1))', 'connect h:1 host'],
    ['dist.init_process_group("nccl", init_method="tcp://10.0.0.1:1")', 'bind tcp://10.0.0.1:1 host'],
    ['dist.init_process_group("nccl", init_method="env://")', 'bind env:// same-host'],
    ['dist.init_process_group("nccl", init_method="file:///a")', 'bind file:///a same-host'],
    ['s.bind("tcp://{}:{}".format("*", 1))', 'bind tcp://{"*"}:{1} host'],
    ['s.bind("tcp://%s:1" % h)', 'bind tcp://{h}:1 host'],
    ['s.bind("tcp://*:%d" % port)', 'bind tcp://*:{port} any'],
    ['s.bind("tcp://*:{}".format(self.port))', 'bind tcp://*:{self.port} any'],
    ['s.bind("tcp://*:{port}".format(port=p))', 'bind tcp://*:{port} any'],
    ['s.bind("tcp://*:%s" % (a, b))', 'bind tcp://*:{a} any'],
    ['s.bind("tcp://*:" + str(port))', 'bind tcp://*:{str(port)} any'],
    ['s.bind(("", self.port))', 'bind *:{self.port} any'],
    ['P = 1; s.bind(f"tcp://{h}:{P}{q}")', 'bind tcp://…:1… host'],
    ['s.bind(f"tcp://*:{port}")', 'bind tcp://*:{port} any'],
    ['A = "tcp://*:1"; s.bind(A)', 'bind tcp://*:1 any'],
    ['s.bind(f"tcp://{"x" * 200}")', 'bind tcp://{"x" * 200} host'],
    [`s.bind("tcp://${'x'.repeat(200)}")`, `bind tcp://${'x'.repeat(114)} host`],
  ])('%s', (text, expected) => expect(addresses(text)).toEqual([`1 ${expected}`]));

  test.each([
    's.send("tcp://*:1")',
    's.bind(name)',
    's.bind("name")',
    's.bind("10.0.0")',
    'app.run("models/a")',
    'app.run(("0.0.0.0", 1))',
    's.bind(("a", 1, 2))',
    's.bind(["0.0.0.0", 1])',
    's.bind(1, 2, 3, "tcp://*:1")',
    's.bind(other="tcp://*:1")',
    'Other("/tmp/x")',
    'WorkManager(("", 1))',
  ])('none in %s', (text) => expect(addresses(text)).toEqual([]));

  test('the first of a call is taken, and calls stand in the order of the text', () => {
    expect(addresses('a.bind("tcp://*:1", "tcp://*:2")\nb.connect("tcp://x:1")\n')).toEqual([
      '1 bind tcp://*:1 any',
      '2 connect tcp://x:1 host',
    ]);
  });

  test('a manager of its own is one where the managers of multiprocessing are imported', () => {
    const call = 'WorkManager(("", 1), authkey=b"")\n';
    expect(addresses(`from multiprocessing.managers import BaseManager\n${call}`)).toEqual(['2 bind *:1 any']);
    expect(addresses(`from other.managers import BaseManager\n${call}`)).toEqual([]);
  });
});

describe('authentication', () => {
  /** The line on which it is seen; 0 for none. */
  const line = (text: string): number => {
    const at = authenticationAt(flowOf(text));
    return at === null ? 0 : text.slice(0, at).split('\n').length;
  };

  test.each([
    'x = 1\nsock.curve_server = True',
    'x = 1\nListener(a, authkey=KEY)',
    'x = 1\nListener(a, authkey=b"k")',
    '# authkey = 1\nauthkey = KEY',
    'authkey = None\nauthkey = KEY',
    'authkey=b""\nauthkey=b"1"',
    'f(authkey=None)\nf(authkey=key)',
    'x = "#" # authkey\nf(authkey=key)',
  ])('in line 2: %j', (text) => expect(line(text)).toBe(2));

  test.each([
    'x = 1',
    '# sock.curve_server = True',
    'authkey = None',
    'authkey=None)',
    'authkey=False,',
    "authkey = ''",
    'authkey=()',
    '{"authkey": None}',
    'my_authkey2 = 1',
  ])('none: %j', (text) => expect(line(text)).toBe(0));

  test('behind a comment of the line before', () => expect(line('# a comment\nauthkey = KEY')).toBe(2));
});
