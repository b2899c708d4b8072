// The thread on which flows-folder.ts has a folder checked: reads it once, posts what it found, and ends.

import { parentPort, workerData } from 'node:worker_threads';
import type { FlowsFolderRead } from '../../app/ports/flows-folder.ts';
import { readContent } from './content-files.ts';
import { formatFileProblem } from './file-problem.ts';

function readFolder(folder: string): FlowsFolderRead {
  const read = readContent(folder, { runExamples: true });
  return read.ok ? { ok: true, files: read.files } : { ok: false, mistakes: read.problems.map(formatFileProblem) };
}

parentPort?.postMessage(readFolder(String(workerData)));
