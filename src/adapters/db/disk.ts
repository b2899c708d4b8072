// What must be known of the disk under an SQLite file: whether it is this host's own, and how much room is left.

import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Magic numbers of file systems that other hosts can write to, or whose locks cannot be trusted (statfs(2)). */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB 2'],
  [0x65735546, 'FUSE'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x7461636f, 'OCFS2'],
  [0x01161970, 'GFS2'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
]);

/** The kind of network file system that holds this file, or null. The file's folder must exist. */
export function networkFileSystemOf(path: string): string | null {
  // The kernel's number is signed on some platforms.
  return NETWORK_FILE_SYSTEMS.get(statfsSync(dirname(path)).type >>> 0) ?? null;
}

/** How much of the disk under this file or folder, which must exist, is free, 0 to 1 (DB-03: below 0.1 bulk jobs refuse). */
export async function freeSpace(path: string): Promise<number> {
  const { bavail, blocks } = await statfs(path);
  return blocks === 0 ? 1 : bavail / blocks;
}
