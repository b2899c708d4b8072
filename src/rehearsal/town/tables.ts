// The tables of the page of a rehearsed year, in words for whoever leads a program: what a chart shows, as numbers.

import { KIND_NAMES } from './charts.ts';
import { dateName, dayName, monthName, wholeNumber } from './headlines.ts';
import { KINDS, type Kind, type Spread } from './ledger.ts';
import { CHECKS, type Check } from './observer.ts';
import { doneShare, type RehearsalReport } from './report.ts';

/** What must never happen, as one says it. */
const RULES: Readonly<Record<Check, string>> = {
  sends_on_done_tasks: 'An unasked text about a task that is already done',
  sends_on_expired_facts: 'A text that names a fact past its date',
  sends_to_opted_out: 'A text to a student who has opted out',
  sends_in_quiet_hours: 'An unasked text by night or on Sunday morning',
  sends_over_weekly_cap: 'More unasked texts in a week than the program allows',
  second_open_question: 'A question while another one is still open',
  wrong_language: 'A text in the wrong language',
};

/** The kinds of text that there were, in the order of the charts. */
export function kindsIn({ byKind }: RehearsalReport): Kind[] {
  return KINDS.filter((kind) => byKind[kind] > 0);
}

export function weekTable(report: RehearsalReport): string {
  const kinds = kindsIn(report);
  return folded(
    'Week by week, as numbers',
    ['Week from', 'All', ...kinds.map((kind) => KIND_NAMES[kind])],
    report.weeks.map(({ week, total, byKind }) => [
      unbroken(dateName(week)),
      total,
      ...kinds.map((kind) => byKind[kind]),
    ]),
  );
}

export function spreadTable({ unasked }: RehearsalReport): string {
  const row = (name: string, { count, min, p10, median, p90, max }: Spread) => [
    name,
    count,
    min,
    p10,
    median,
    p90,
    max,
  ];
  return folded(
    'As numbers, and after the summer',
    ['Who', 'Students', 'Least', 'One in ten got at most', 'Half got at most', 'Nine in ten got at most', 'Most'],
    [
      row('Those who answer, mid-May to mid-September', unasked.summer.answering),
      row('Everybody, mid-May to mid-September', unasked.summer.all),
      row('Those who answer, after that', unasked.after.answering),
      row('Everybody, after that', unasked.after.all),
    ],
  );
}

export function taskTable({ taskStatus }: RehearsalReport): string {
  return folded(
    'Month by month, as numbers',
    ['End of', 'Done of 100', 'Done', 'Begun', 'Stuck', 'Not started', 'Not for them'],
    taskStatus.map((month) => {
      const { done, in_progress: begun, stuck, not_started: fresh, not_applicable: none } = month.tasks;
      return [unbroken(monthName(month.on)), doneShare(month), done, begun, stuck, fresh, none];
    }),
  );
}

export function questionTable({ questions }: RehearsalReport): string {
  const share = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((100 * part) / whole));
  return table(
    ['Question', 'Asked', 'No answer', 'Of 100'],
    questions.map(({ flow, step, asked, unanswered }) => [
      `${inWords(flow.replace(/^nudge-/, ''))}: ${inWords(step).toLowerCase()}`,
      asked,
      unanswered,
      share(unanswered, asked),
    ]),
  );
}

export function topicTable({ tasks }: RehearsalReport): string {
  return table(
    ['Task', 'Unasked texts'],
    tasks.map(({ task, texts }) => [inWords(task), texts]),
  );
}

export function crowdedTable({ crowded }: RehearsalReport): string {
  if (crowded.length === 0) return '';
  return table(
    ['Day', 'Students who got more than one'],
    crowded.map(({ on, mentees }) => [unbroken(dayName(on)), mentees]),
  );
}

export function checkTable({ checked, violations }: RehearsalReport): string {
  const rows = CHECKS.map((check) => {
    const found = violations[check];
    const looked = checked[check] === 0 ? 'nothing to look at' : wholeNumber(checked[check]);
    return `<tr><td>${RULES[check]}</td><td class="n">${looked}</td><td class="n${found > 0 ? ' alarming' : ''}">${wholeNumber(found)}</td></tr>`;
  });
  return `<div class="wide"><table><thead><tr><th scope="col">What must never happen</th><th scope="col" class="n">Texts looked at</th><th scope="col" class="n">Found</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** Whatever people wrote is text here, and nothing else. */
export function plainText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

type Row = readonly (string | number)[];

/** Closed until somebody wants it: a chart above it says the same. */
function folded(title: string, head: readonly string[], rows: readonly Row[]): string {
  return `<details><summary>${title}</summary>${table(head, rows)}</details>`;
}

function table(head: readonly string[], rows: readonly Row[]): string {
  const cell = (value: string | number) =>
    typeof value === 'number'
      ? `<td class="n${value === 0 ? ' none' : ''}">${wholeNumber(value)}</td>`
      : `<td>${plainText(value)}</td>`;
  const isNumber = (column: number) => typeof rows[0]?.[column] === 'number';
  const titles = head
    .map((name, column) => `<th scope="col"${isNumber(column) ? ' class="n"' : ''}>${name}</th>`)
    .join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  return `<div class="wide" role="region" tabindex="0" aria-label="${plainText(head.join(', '))}"><table><thead><tr>${titles}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A date that stays on one line. */
function unbroken(date: string): string {
  return date.replaceAll(' ', '\u00a0');
}

/** The name of a flow, a step or a task as words: Housing form. */
function inWords(name: string): string {
  const words = name.replaceAll(/[-_.]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
