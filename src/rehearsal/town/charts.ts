// Charts as inline SVG: each has a title and a description for those who do not see it, and takes its colors from the page.

import { addDays, daysBetween, weekdayOf } from '../../core/model/local-time.ts';
import { shortDay, shortMonth } from './headlines.ts';
import { KINDS, type WeekFigures } from './ledger.ts';
import { doneShare, type MonthFigures } from './report.ts';

const WIDTH = 960;
const HEIGHT = 240;
const LEFT = 44;
const BELOW = 26;
const TICKS = 4;

/** What a kind of text is called on the page; the order is the one of the stack. */
export const KIND_NAMES = {
  nudge: 'unasked texts',
  introduction: 'introductions',
  answer: 'answers',
  safety_reply: 'safety replies',
  human_text: 'texts of counselors',
  keyword_answer: 'answers to STOP, START, HELP',
  mentor_text: 'texts to mentors',
  staff_text: 'alerts by SMS',
} as const;

/** Texts a week, stacked by kind. */
export function weekChart(weeks: readonly WeekFigures[]): string {
  const busiest = Math.max(1, ...weeks.map(({ total }) => total));
  const most = roundUp(busiest);
  const slot = (WIDTH - LEFT) / Math.max(1, weeks.length);
  const bars = weeks.map((week, index) => {
    let top = HEIGHT;
    const parts = KINDS.map((kind) => {
      const height = (HEIGHT * week.byKind[kind]) / most;
      if (height === 0) return '';
      top -= height;
      return `<rect class="k-${kind}" x="${px(LEFT + index * slot + 1)}" y="${px(top)}" width="${px(Math.max(1, slot - 2))}" height="${px(height)}"><title>Week of ${shortDay(week.week)}: ${week.byKind[kind]} ${KIND_NAMES[kind]} of ${week.total}</title></rect>`;
    });
    return parts.join('');
  });
  const every = Math.max(1, Math.ceil(weeks.length / 10));
  const labels = weeks.flatMap(({ week }, index) =>
    index % every === 0 ? [below(LEFT + (index + 0.5) * slot, shortDay(week))] : [],
  );
  return frame('Texts per week', `The busiest week has ${busiest} texts.`, most, bars.join('') + labels.join(''));
}

/** How many students got how many unasked texts. */
export function spreadChart(counts: readonly number[]): string {
  const highest = Math.max(0, ...counts);
  const columns = Array.from({ length: highest + 1 }, (_, texts) => counts.filter((count) => count === texts).length);
  const most = roundUp(Math.max(1, ...columns));
  const slot = (WIDTH - LEFT) / columns.length;
  const every = Math.max(1, Math.ceil(columns.length / 24));
  const bars = columns.map((mentees, texts) => {
    const height = (HEIGHT * mentees) / most;
    const x = LEFT + texts * slot;
    const bar = `<rect class="k-nudge" x="${px(x + 1)}" y="${px(HEIGHT - height)}" width="${px(Math.max(1, slot - 2))}" height="${px(height)}"><title>${mentees} students got ${texts}</title></rect>`;
    return bar + (texts % every === 0 ? below(x + slot / 2, String(texts)) : '');
  });
  return frame('Unasked texts per student', `From mid-May to mid-September, at most ${highest}.`, most, bars.join(''));
}

/** The share of tasks that are done, month by month. */
export function taskChart(months: readonly MonthFigures[]): string {
  const shares = months.map(doneShare);
  const slot = (WIDTH - LEFT) / Math.max(1, months.length);
  const point = (share: number, index: number) =>
    `${px(LEFT + (index + 0.5) * slot)},${px(HEIGHT - (HEIGHT * share) / 100)}`;
  const line = `<polyline class="line" points="${shares.map(point).join(' ')}"/>`;
  const dots = months.map((month, index) => {
    const [x = '0', y = '0'] = point(shares[index] ?? 0, index).split(',');
    return `<circle class="dot" cx="${x}" cy="${y}" r="4"><title>End of ${shortMonth(month.on)}: ${shares[index]}% done</title></circle>${below(Number(x), shortMonth(month.on))}`;
  });
  return frame('Tasks done, in percent', `At the end ${shares.at(-1) ?? 0}% are done.`, 100, line + dots.join(''));
}

const CELL = 14;

/** A calendar: a column a week, a row a weekday, the darker the more. */
export function heatMap(days: readonly { readonly on: string; readonly total: number }[]): string {
  const [first] = days;
  if (first === undefined) return '';
  const monday = addDays(first.on, 1 - weekdayOf(first.on));
  const most = Math.max(1, ...days.map(({ total }) => total));
  const columns = Math.floor(daysBetween(monday, days.at(-1)?.on ?? monday) / 7) + 1;
  const totals = new Map(days.map(({ on, total }) => [on, total]));
  const cells = Array.from({ length: columns * 7 }, (_, index) => {
    const on = addDays(monday, index);
    const total = totals.get(on) ?? 0;
    const depth = Math.min(5, Math.ceil((5 * total) / most));
    const [x, y] = [34 + Math.floor(index / 7) * CELL, 18 + (index % 7) * CELL];
    return `<rect class="h-${depth}" x="${x}" y="${y}" width="${CELL - 2}" height="${CELL - 2}" rx="2"><title>${shortDay(on)}: ${total} texts</title></rect>`;
  });
  const names = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'].map(
    (name, row) => `<text x="0" y="${18 + row * CELL + 11}">${name}</text>`,
  );
  const months = Array.from({ length: columns }, (_, column) => addDays(monday, column * 7)).flatMap((on, column) =>
    // The last columns leave no room for a name.
    Number(on.slice(8)) <= 7 && column < columns - 2
      ? [`<text x="${34 + column * CELL}" y="12">${shortMonth(on)}</text>`]
      : [],
  );
  const width = 34 + columns * CELL;
  return `<svg role="img" aria-labelledby="heat-title heat-desc" class="heat" width="${width}" height="${18 + 7 * CELL}" viewBox="0 0 ${width} ${18 + 7 * CELL}"><title id="heat-title">Texts to students, day by day</title><desc id="heat-desc">The busiest day has ${most} texts.</desc>${names.join('')}${months.join('')}${cells.join('')}</svg>`;
}

function frame(title: string, about: string, most: number, inside: string): string {
  const id = title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  const lines = Array.from({ length: TICKS + 1 }, (_, tick) => {
    const y = HEIGHT - (HEIGHT * tick) / TICKS;
    const value = Math.round((most * tick) / TICKS);
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}"/><text text-anchor="end" x="${LEFT - 6}" y="${y + 4}">${value}</text>`;
  });
  return `<svg class="chart" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 -8 ${WIDTH} ${HEIGHT + BELOW + 8}"><title id="${id}-title">${title}</title><desc id="${id}-desc">${about}</desc>${lines.join('')}${inside}</svg>`;
}

/** The next number that four lines divide well: 4, 8, 12, 16, 20, 24, 32, 40, 60, 80 … */
function roundUp(value: number): number {
  for (let unit = TICKS; ; unit *= 10) {
    const fits = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
      .map((times) => unit * times)
      .find((most) => most >= value && most % TICKS === 0);
    if (fits !== undefined) return fits;
  }
}

function below(x: number, text: string): string {
  return `<text text-anchor="middle" x="${px(x)}" y="${HEIGHT + 18}">${text}</text>`;
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
