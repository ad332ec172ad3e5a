/**
 * The records of a zip file (PKWARE APPNOTE 6.3.10, section 4.3); all numbers are little-endian.
 *
 *   local header 30      signature, version, flags, method, time, date, crc, compressed, uncompressed, name length, extra length; name, extra
 *   data                 as many bytes as the central directory says
 *   descriptor           [signature], crc, compressed, uncompressed (4 or 8 bytes each), where flag bit 3 is set
 *   central record 46    signature, made by, version, flags, method, time, date, crc, compressed, uncompressed, name length, extra length,
 *                        comment length, disk, internal attributes, external attributes, local header; name, extra, comment
 *   zip64 end record 56  signature, size of the rest, made by, version, disk, directory's disk, entries here, entries, directory's size, its offset
 *   zip64 locator 20     signature, disk, offset of the zip64 end record, disks
 *   end record 22        signature, disk, directory's disk, entries here, entries, directory's size, its offset, comment length; comment
 */
export const LOCAL_SIGNATURE = 0x04034b50;
export const CENTRAL_SIGNATURE = 0x02014b50;
export const END_SIGNATURE = 0x06054b50;
export const ZIP64_END_SIGNATURE = 0x06064b50;
export const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
export const DESCRIPTOR_SIGNATURE = 0x08074b50;
/** Behind the last central record of a signed archive (4.3.13): 4 bytes signature, 2 bytes length. */
export const DIRECTORY_SIGNATURE = 0x05054b50;

export const LOCAL_SIZE = 30;
export const CENTRAL_SIZE = 46;
export const END_SIZE = 22;
export const ZIP64_END_SIZE = 56;
export const ZIP64_LOCATOR_SIZE = 20;
export const MAX_COMMENT = 0xffff;

/** General purpose flags (4.4.4). */
export const FLAG_ENCRYPTED = 1 << 0;
export const FLAG_DESCRIPTOR = 1 << 3;
export const FLAG_PATCH = 1 << 5;
export const FLAG_STRONG_ENCRYPTION = 1 << 6;
export const FLAG_UTF8 = 1 << 11;
export const FLAG_MASKED = 1 << 13;

/** A 32-bit field with this value has its real value in the zip64 extra field (4.5.3). */
export const SENTINEL_32 = 0xffff_ffff;
export const SENTINEL_16 = 0xffff;
