// A plan of a publish in words, for the terminal and for Slack alike: counts, and ids where somebody has to look.

import type { PublicationPlan, Standing } from './plan-publication.ts';
import type { Line } from './ports/staff-room.ts';

/** Ids that one line names; all of them stand in the plan itself. */
const IDS_SHOWN = 8;

const CHANGES = {
  new: 'new',
  words: 'words changed: everybody inside hears the new ones at once',
  structure: 'structure changed',
  removed: 'removed: who is inside finishes it, and nobody begins it any more',
} as const;

/** Everything that differs and everybody who is inside; one line that says so when nothing differs. */
export function planLines(plan: PublicationPlan): Line[] {
  const flows = plan.flows.flatMap(({ flow, change }) =>
    change === 'same' ? [] : [{ label: flow, text: CHANGES[change] }],
  );
  const tasks = plan.tasks.map(({ task, before, after }) => ({
    label: `task ${task}`,
    text: deadlineWords(before, after),
  }));
  const files = plan.files.map((path) => ({ label: path, text: 'changed' }));
  const changed = [...flows, ...tasks, ...files];
  const same = plan.flows.filter(({ change }) => change === 'same').length;
  const rest = same === 0 ? [] : [{ label: 'the same', text: same === 1 ? '1 flow' : `${same} flows` }];
  const none = { label: 'changes', text: `none since revision ${plan.revision ?? 0}` };
  return [...(changed.length === 0 ? [none] : [...changed, ...rest]), ...insideLines(plan)];
}

/** Only those who are in the way. */
export function blockedLines(plan: PublicationPlan): Line[] {
  return plan.standings.filter(({ becomes }) => becomes === 'blocked').map(standingLine);
}

function deadlineWords(before: string | null, after: string | null): string {
  if (before === null) return `new, due ${after ?? ''}`;
  if (after === null) return `removed (it was due ${before}): what is asked about it is called off`;
  return `due ${after} and no longer ${before}: who was told the old day is asked anew`;
}

function insideLines({ standings }: PublicationPlan): Line[] {
  const total = countOf(standings);
  if (total === 0) return [{ label: 'inside', text: 'nobody stands in a flow' }];
  return [{ label: 'inside', text: people(total) }, ...standings.map(standingLine)];
}

function standingLine(standing: Standing): Line {
  const { flow, step, structure, conversations } = standing;
  const ids = conversations.slice(0, IDS_SHOWN).join(', ');
  const more = conversations.length > IDS_SHOWN ? ` and ${conversations.length - IDS_SHOWN} more` : '';
  const label = `${flow}, step ${step} (structure ${structure.slice(0, 8)})`;
  return { label, text: `${people(conversations.length)}: ${becomesWords(standing)}. Conversations: ${ids}${more}` };
}

function becomesWords({ becomes, to, why, step }: Standing): string {
  switch (becomes) {
    case 'same':
      return 'nothing changes for them but words';
    case 'stays':
      return 'they finish on the structure they began with';
    case 'stands':
      return `they wait on at ${to}, without a new text`;
    case 'enters':
      return `they go on at ${to}, and get its text when texts may go out`;
    case 'restarts':
      return 'they begin anew';
    case 'finishes':
      return 'their conversation ends quietly, and the task stays open';
    case 'called_off':
      return `called off (${why === 'task_removed' ? 'the task is gone' : 'the deadline is another one'})`;
    case 'blocked':
      return `IN THE WAY: ${why}. Say under "migrate" where they go, like "${step}: stay"`;
  }
}

function people(count: number): string {
  return count === 1 ? '1 conversation' : `${count} conversations`;
}

/** How many conversations these are. */
export function countOf(standings: readonly Standing[]): number {
  return standings.reduce((sum, { conversations }) => sum + conversations.length, 0);
}
