// The folder of flow files of a house that serves. It is read and checked on a thread of its own: the checks take more
// than a second, and a text of somebody in danger may not wait for them.

import { Worker } from 'node:worker_threads';
import type { FlowsFolder, FlowsFolderRead } from '../../app/ports/flows-folder.ts';

/** Rejects when the folder cannot be read at all. */
export function createFlowsFolder(folder: string): FlowsFolder {
  return {
    read: () =>
      new Promise<FlowsFolderRead>((resolve, reject) => {
        const worker = new Worker(new URL('./flows-folder-thread.ts', import.meta.url), { workerData: folder });
        // What the thread posts is made by the one line of flows-folder-thread.ts.
        worker.once('message', (read: FlowsFolderRead) => resolve(read));
        worker.once('error', reject);
        worker.once('exit', () => reject(new Error('the check of the flows ended without an answer')));
      }),
  };
}
