import { latin1, textOfUnits } from '../../bytes/read.js';
import { lazy } from '../../model/lazy.js';

/** The upper half of code page 437, in which Python's zipfile reads names without the UTF-8 flag. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Invalid bytes become U+FFFD here, where zipfile refuses the archive: torch's reader does not decode at all. */
const utf8 = lazy(() => new TextDecoder('utf-8', { ignoreBOM: true }));

export function isAscii(bytes: Uint8Array): boolean {
  // Not by an iterator, which costs ten times as much until V8 has optimised it.
  for (let i = 0; i < bytes.length; i += 1) if ((bytes[i] ?? 0) >= 0x80) return false;
  return true;
}

/** As `ZipFile._RealGetContents` of CPython decodes. */
export function decodeEntryName(bytes: Uint8Array, isUtf8: boolean): string {
  if (isAscii(bytes)) return latin1(bytes);
  if (isUtf8) return utf8().decode(bytes);
  const units = new Uint16Array(bytes.length);
  bytes.forEach((byte, i) => {
    units[i] = byte < 0x80 ? byte : CP437.charCodeAt(byte - 0x80);
  });
  return textOfUnits(units);
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i += 1) if (left[i] !== right[i]) return false;
  return true;
}
