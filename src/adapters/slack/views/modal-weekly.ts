// The weekly update of a mentor: one row a mentee with a menu that saves at once, "same for all" above, "say more" and
// "I'm worried" below. Sixty mentees fit; with more, names and hints get shorter, never a row less than promised.

import type { KnownBlock, ModalView } from '@slack/types';
import type { Modal, UpdateRow } from '../../../app/ports/staff-room.ts';
import { REACHED, type Reached } from '../../../core/model/weekly-update.ts';
import { ACT, ASK, blockOfRow, joinIds } from './action-ids.ts';
import { actions, button, context, OPTIONS_SHOWN, option, section, select } from './elements.ts';
import { modalView } from './modal-view.ts';
import { clip, nameIn, oneLine } from './text.ts';
import { dateWords } from './times.ts';
import { REACHED_WORDS } from './update-words.ts';

type WeeklyUpdate = Extract<Modal, { kind: 'weekly_update' }>;

/** Rows of one modal, so that names stay readable within its letters. */
const ROWS_SHOWN = 80;
/** For all rows together; what stands above and below them has its own. */
const ROW_LETTERS = 9_200;
/** The choices of one row, the one chosen and the word "Choose". */
const MENU_LETTERS = 70;
const LONGEST_NAME = 60;
const LONGEST_HINT = 200;
const WORRIED = 'You are worried';

export function renderWeeklyUpdate(modal: WeeklyUpdate): ModalView {
  const rows = modal.rows.slice(0, ROWS_SHOWN);
  const hidden = modal.rows.length - rows.length;
  const week = `Week of ${dateWords(modal.weekOn)}`;
  const limits = limitsFor(rows.length);
  const left = hidden === 0 ? [] : [context(`${hidden} more mentees do not fit here. Please tell staff.`)];
  const frame = { callbackId: 'weekly_update', title: 'Weekly update', ids: { promptId: modal.promptId } } as const;
  if (rows.length === 0) {
    return modalView({ ...frame, blocks: [section('You have no mentees this week, so there is nothing to do.')] });
  }
  if (modal.isClosed) {
    const closed = [section('This update is closed: a newer one is here.'), context(week)];
    return modalView({ ...frame, blocks: [...closed, ...rows.map((row) => closedRow(row, limits)), ...left] });
  }
  return modalView({
    ...frame,
    submit: 'Done',
    blocks: [
      context(`${week}. Each choice is saved right away.`),
      sameForAll(modal),
      ...rows.map((row) => openRow(modal, row, limits)),
      ...left,
      ...more(modal, rows, limits),
    ],
  });
}

interface Limits {
  readonly name: number;
  readonly hint: number;
}

/** The name stands twice, in its row and in the menu below; what is left is the hint's. */
function limitsFor(rows: number): Limits {
  const each = Math.floor(ROW_LETTERS / Math.max(rows, 1)) - MENU_LETTERS;
  const name = Math.max(10, Math.min(LONGEST_NAME, Math.floor(each / 3)));
  return { name, hint: Math.max(0, Math.min(LONGEST_HINT, each - 2 * name - 1)) };
}

function sameForAll({ promptId, revision }: WeeklyUpdate): KnownBlock {
  const menu = select(ACT.sameForAll, choices(promptId), { placeholder: 'Same for all' });
  return {
    ...section('How far did you get with each of them? Start with what fits most.', menu),
    block_id: `all:${revision}`,
  };
}

function choices(...ids: readonly string[]) {
  return REACHED.map((reached) => option(joinIds(...ids, reached), REACHED_WORDS[reached]));
}

function openRow({ promptId, revision }: WeeklyUpdate, row: UpdateRow, limits: Limits): KnownBlock {
  const initial = row.reached === null ? null : joinIds(promptId, row.menteeId, row.reached);
  const menu = select(ACT.setReached, choices(promptId, row.menteeId), { initial });
  return { ...section(rowWords(row, limits), menu), block_id: blockOfRow(row.menteeId, revision) };
}

function closedRow(row: UpdateRow, limits: Limits): KnownBlock {
  return section(`${rowWords(row, limits)}\n${reachedWords(row.reached)}`);
}

function reachedWords(reached: Reached | null): string {
  return reached === null ? 'Nothing said' : REACHED_WORDS[reached];
}

function rowWords(row: UpdateRow, limits: Limits): string {
  const hint = oneLine([row.worried ? WORRIED : '', row.hint].filter((part) => part !== '').join(' · '), limits.hint);
  const name = nameIn(row.name, limits.name);
  return limits.hint < 2 || hint === '' ? name : `${name}\n${hint}`;
}

function more({ promptId, revision }: WeeklyUpdate, rows: readonly UpdateRow[], limits: Limits): KnownBlock[] {
  const mentees = rows
    .slice(0, OPTIONS_SHOWN)
    .map(({ menteeId, name }) => option(joinIds(promptId, menteeId), clip(nameIn(name, limits.name), 75)));
  const menu = select(ASK.menteeUpdate, mentees, { placeholder: 'Choose a mentee' });
  return [
    {
      ...section('Say more about somebody: tasks, good news, what you need from staff.', menu),
      block_id: `more:${revision}`,
    },
    actions([button(ASK.worried, 'I’m worried about someone', { style: 'danger' })]),
  ];
}
