import { expect, test } from 'vitest';
import { kindOfAddress, refusalOf } from './address.js';

test.each([
  ['8.8.8.8', 'public'],
  ['1.1.1.1', 'public'],
  // The first address behind a private block, and the last one before it.
  ['1.0.0.0', 'public'],
  ['9.255.255.255', 'public'],
  ['11.0.0.0', 'public'],
  ['100.63.255.255', 'public'],
  ['100.128.0.0', 'public'],
  ['128.0.0.0', 'public'],
  ['169.255.0.0', 'public'],
  ['192.0.1.0', 'public'],
  ['192.169.0.0', 'public'],
  ['198.20.0.0', 'public'],
  ['223.255.255.255', 'public'],
  ['2606:4700::1111', 'public'],
  ['[2606:4700::1111]', 'public'],
  ['2606:4700:1:2:3:4:5::', 'public'],
  ['2606:4700:1:2:3:4:5:6', 'public'],
  ['2606:4700:0:0:0:0:8.8.8.8', 'public'],
  ['2606::ffff:7f00:1', 'public'],
  ['0:0:0:0:ffff:0:127.0.0.1', 'private'],
  ['::fffe:8.8.8.8', 'private'],
  ['64:ff9b:0:1::8.8.8.8', 'private'],
  ['2001:1ff::1', 'private'],
  ['2001:200::1', 'public'],
  ['2001:db9::1', 'public'],
  ['3fff:fff::1', 'private'],
  ['3fff:1000::1', 'public'],
  ['2000::', 'public'],
  ['1fff:ffff::', 'private'],
  ['3ffe::1', 'public'],
  ['0.0.0.0', 'private'],
  ['10.1.2.3', 'private'],
  ['100.64.0.1', 'private'],
  ['127.0.0.1', 'private'],
  ['127.255.255.254', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['198.19.0.1', 'private'],
  ['224.0.0.1', 'private'],
  ['255.255.255.255', 'private'],
  ['::', 'private'],
  ['::1', 'private'],
  ['::ffff:127.0.0.1', 'private'],
  ['::ffff:7f00:1', 'private'],
  ['::ffff:8.8.8.8', 'public'],
  ['::127.0.0.1', 'private'],
  ['64:ff9b::7f00:1', 'private'],
  ['64:ff9b::8.8.8.8', 'public'],
  ['64:ff9b:1::10.0.0.1', 'private'],
  ['2002:7f00:1::', 'private'],
  ['2002:808:808::', 'public'],
  ['2001::1', 'private'],
  ['2001:db8::1', 'private'],
  ['fc00::1', 'private'],
  ['fd12:3456::1', 'private'],
  ['fd00::1', 'private'],
  ['fc00:ec2::254', 'private'],
  ['fec0::1', 'private'],
  ['ff02::1', 'private'],
  ['4000::1', 'private'],
  ['169.254.169.254', 'link-local'],
  ['::ffff:169.254.169.254', 'link-local'],
  ['64:ff9b::a9fe:a9fe', 'link-local'],
  ['100.100.100.200', 'link-local'],
  ['168.63.129.16', 'link-local'],
  ['fd00:ec2::254', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['febf::1', 'link-local'],
  ['example.org', null],
  ['1.2.3', null],
  ['1.2.3.4.5', null],
  ['1:2:3', null],
  ['1:2:3:4:5:6:7::8', null],
  ['::1.2.3.256', null],
  ['2606:g::1', null],
  ['1.2.3.256', null],
  ['1::2::3', null],
  ['1:2:3:4:5:6:7:8:9', null],
  [':', null],
])('%s is %s', (address, kind) => expect(kindOfAddress(address)).toBe(kind));

test('what is allowed', () => {
  expect(refusalOf('8.8.8.8', 'public')).toBeNull();
  expect(refusalOf('10.0.0.1', 'public')).toMatch(/--allow-private/);
  expect(refusalOf('10.0.0.1', 'any')).toBeNull();
  // No artifact comes from there, whatever is allowed.
  expect(refusalOf('169.254.169.254', 'any')).toMatch(/metadata/);
  expect(refusalOf('no address', 'any')).not.toBeNull();
});

test('addresses in other notations are those that a URL makes of them', () => {
  for (const host of ['2130706433', '0x7f.1', '127.1', '017700000001'])
    expect(kindOfAddress(new URL(`http://${host}/`).hostname)).toBe('private');
});
