// What a publish would do, before it is done: which flows and deadlines change, who stands where, what becomes of them,
// and what is in the way. Counts and ids, never names.

import type { CompiledFlow } from '../core/flow/compiled-flow.ts';
import { EXAMPLES } from '../core/safety/example-schema.ts';
import type { Content, ContentFiles } from './content.ts';
import { type Judged, judge, type Proposal, type Verdict } from './judge-standing.ts';
import type { Stores } from './ports/database.ts';

/** How a flow differs from the published one. `words`: everybody inside hears the new ones at once. */
export type FlowChange = 'new' | 'words' | 'structure' | 'removed' | 'same';

/** A task that is new, gone, or due on another day. Deadlines are local dates; null where there is none. */
export interface TaskChange {
  readonly task: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Those who stand at one step of one structure, and what becomes of them. */
export interface Standing {
  readonly flow: string;
  readonly structure: string;
  readonly step: string;
  readonly becomes: 'same' | 'stays' | 'stands' | 'enters' | 'restarts' | 'finishes' | 'called_off' | 'blocked';
  /** The step they are moved to; null when they are not moved to one. */
  readonly to: string | null;
  /** Why they are in the way, or are called off; null otherwise. */
  readonly why: string | null;
  /** Ids of the conversations. */
  readonly conversations: readonly string[];
}

/** The whole of it. */
export interface PublicationPlan {
  /** The revision that is published now; null when none is. */
  readonly revision: number | null;
  readonly flows: readonly { readonly flow: string; readonly change: FlowChange }[];
  readonly tasks: readonly TaskChange[];
  /** Other files that differ, by path. */
  readonly files: readonly string[];
  readonly standings: readonly Standing[];
  readonly isBlocked: boolean;
}

/** Both sides of a publish: files and what they compile to. */
export interface Sides extends Proposal {
  readonly revision: number | null;
  readonly files: ContentFiles;
  readonly filesBefore: ContentFiles;
}

/** Judges everybody who is inside, as they stand, without a lock: for looking only. */
export async function judgeAll(stores: Stores, proposal: Proposal): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const conversation of await stores.conversations.running()) {
    const mentee = await stores.people.mentee(conversation.menteeId);
    if (mentee === null) continue;
    judged.push({ conversation, mentee, verdict: await judge(stores, proposal, conversation) });
  }
  return judged;
}

/** Puts what was judged beside what differs. */
export function planOf(sides: Sides, judged: readonly Judged[]): PublicationPlan {
  const standings = standingsOf(judged);
  return {
    revision: sides.revision,
    flows: flowChanges(sides),
    tasks: taskChanges(sides),
    files: otherFiles(sides),
    standings,
    isBlocked: standings.some(({ becomes }) => becomes === 'blocked'),
  };
}

function flowChanges({ content, before }: Sides): PublicationPlan['flows'] {
  const ids = [...new Set([...(before?.flows.keys() ?? []), ...content.flows.keys()])].sort();
  return ids.map((flow) => ({ flow, change: changeOf(before?.flows.get(flow), content.flows.get(flow)) }));
}

function changeOf(before: CompiledFlow | undefined, after: CompiledFlow | undefined): FlowChange {
  if (after === undefined) return 'removed';
  if (before === undefined) return 'new';
  if (before.structureHash !== after.structureHash) return 'structure';
  return JSON.stringify(before.source) === JSON.stringify(after.source) ? 'same' : 'words';
}

function taskChanges({ content, before }: Sides): TaskChange[] {
  const deadlines = (side: Content | null) =>
    new Map([...(side?.tasks ?? [])].map(([key, task]) => [key, task.deadline]));
  const [was, is] = [deadlines(before), deadlines(content)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((task) => ({ task, before: was.get(task) ?? null, after: is.get(task) ?? null }))
    .filter((change) => change.before !== change.after);
}

function otherFiles({ files, filesBefore, content, before }: Sides): string[] {
  const flows = new Set([...content.flows.keys(), ...(before?.flows.keys() ?? [])]);
  const isFlow = (path: string): boolean => flows.has(path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length));
  return [...new Set([...Object.keys(files), ...Object.keys(filesBefore)])]
    .filter((path) => path !== EXAMPLES && !isFlow(path))
    .filter((path) => JSON.stringify(files[path]) !== JSON.stringify(filesBefore[path]))
    .sort();
}

function standingsOf(judged: readonly Judged[]): Standing[] {
  const groups = new Map<string, Standing>();
  for (const { conversation, verdict } of judged) {
    const { flowId: flow, structureHash: structure, step } = conversation;
    const here = { flow, structure, step, ...wordsOf(verdict) };
    const key = JSON.stringify(here);
    const ids = groups.get(key)?.conversations ?? [];
    groups.set(key, { ...here, conversations: [...ids, conversation.id] });
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, standing]) => standing);
}

const MOVES = { stand: 'stands', enter: 'enters', restart: 'restarts', finish: 'finishes' } as const;

function wordsOf(verdict: Verdict): Pick<Standing, 'becomes' | 'to' | 'why'> {
  if (verdict.kind === 'blocked' || verdict.kind === 'called_off') {
    return { becomes: verdict.kind, to: null, why: verdict.why };
  }
  if (verdict.kind !== 'moves') return { becomes: verdict.kind, to: null, why: null };
  const { to } = verdict;
  return { becomes: MOVES[to.kind], to: 'step' in to ? to.step : null, why: null };
}
