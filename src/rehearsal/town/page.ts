// A rehearsed year as one page that stands alone: charts, tables, and what one student of each habit and the house said to
// each other. It asks nothing of the network and runs no script. Written for whoever leads a program: what a figure means
// stands beside it in words.

import { localDateOf } from '../../core/model/local-time.ts';
import { heatMap, KIND_NAMES, spreadChart, taskChart, weekChart } from './charts.ts';
import { dayName, type Headline, headlinesOf, verdictOf, wholeNumber } from './headlines.ts';
import type { Transcript } from './ledger.ts';
import { HABITS } from './people.ts';
import { doneShare, type RehearsalReport } from './report.ts';
import { STYLE } from './style.ts';
import {
  checkTable,
  crowdedTable,
  kindsIn,
  plainText,
  questionTable,
  spreadTable,
  taskTable,
  topicTable,
  weekTable,
} from './tables.ts';

/** The whole page. Opened with `#framed` it is light and leaves its head to the page around it. */
export function pageOf(report: RehearsalReport): string {
  const { mentees, months, from, seed } = report;
  const kind = report.violationTotal === 0 ? 'good' : 'bad';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>A rehearsed year: ${mentees} students, ${months} months</title>
<style>${STYLE}</style>
</head>
<body>
<span id="framed" hidden></span>
<main>
<header>
<h1>A rehearsed year</h1>
<p>${mentees} synthetic students, ${months} ${months === 1 ? 'month' : 'months'} from ${dayName(from)}, seed ${seed}. Nobody in it is real, and nothing was sent.</p>
<p class="${kind}">${verdictOf(report)}${kind === 'bad' ? ' See the table with that name.' : ''}</p>
<dl class="cards">${headlinesOf(report).map(card).join('')}</dl>
</header>
${sections(report).join('\n')}
<footer>Played in ${(report.tookMs / 1_000).toFixed(1)} s.</footer>
</main>
</body>
</html>
`;
}

function sections(report: RehearsalReport): string[] {
  const last = report.taskStatus.at(-1);
  return [
    section(
      'Texts per week',
      weekWords(report),
      legend(report),
      wide('weeks', weekChart(report.weeks)),
      weekTable(report),
    ),
    section('Day by day', dayWords(report), wide('days', heatMap(report.days)), SCALE),
    section(
      'Unasked texts per student, mid-May to mid-September',
      spreadWords(report),
      wide('students', spreadChart(report.unasked.perMentee)),
      spreadTable(report),
    ),
    section(
      'Tasks done',
      last === undefined
        ? ''
        : `At the end ${doneShare(last)} of 100 tasks are done. Tasks that are not for a student are not counted.`,
      wide('months', taskChart(report.taskStatus)),
      taskTable(report),
    ),
    section('Questions that nobody answered', questionWords(report), questionTable(report)),
    section('Unasked texts by task', 'First texts and follow-ups.', topicTable(report)),
    section('More than one unasked text on a day', crowdedWords(report), crowdedTable(report)),
    section('What must never happen', `Every text is looked at as it leaves. ${verdictOf(report)}`, checkTable(report)),
    section(
      'One student of each habit',
      'The student of that habit with the most to read: all that was said.',
      report.transcripts.map(transcript).join(''),
    ),
  ];
}

function section(title: string, words: string, ...parts: readonly string[]): string {
  return `<section><h2>${title}</h2><p class="hint">${words}</p>${parts.join('')}</section>`;
}

/** A narrow screen scrolls the chart instead of shrinking its letters. */
function wide(of: string, chart: string): string {
  return `<div class="wide" role="region" tabindex="0" aria-label="Chart of ${of}">${chart}</div>`;
}

function card({ name, value, about }: Headline): string {
  return `<div class="card"><dt>${name}</dt><dd>${value}</dd><p>${plainText(about)}</p></div>`;
}

function legend(report: RehearsalReport): string {
  const items = kindsIn(report).map((kind) => `<li><span class="swatch k-${kind}"></span>${KIND_NAMES[kind]}</li>`);
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** What the shades of the calendar mean. */
const SCALE = `<p class="scale" aria-hidden="true"><span>no text</span>${[0, 1, 2, 3, 4, 5].map((depth) => `<span class="swatch h-${depth}"></span>`).join('')}<span>most</span></p>`;

function weekWords({ busiestWeek }: RehearsalReport): string {
  const all = 'All that leaves, also to mentors and staff.';
  if (busiestWeek === null) return all;
  return `${all} The busiest week begins on ${dayName(busiestWeek.week)}, with ${wholeNumber(busiestWeek.total)} texts.`;
}

function dayWords({ busiestDay }: RehearsalReport): string {
  const squares = 'A square is a day: the darker, the more texts to students.';
  if (busiestDay === null) return squares;
  return `${squares} The busiest is ${dayName(busiestDay.on)}, with ${wholeNumber(busiestDay.total)} texts.`;
}

function spreadWords({ unasked }: RehearsalReport): string {
  const { count, median, p90, max } = unasked.summer.answering;
  const about = 'Unasked texts are those that the bot begins: first texts and follow-ups.';
  if (count === 0) return about;
  return `${about} Of the ${wholeNumber(count)} students who answer, half got ${median} or fewer, nine in ten got ${p90} or fewer, and nobody got more than ${max}. The higher a bar, the more students got the number of texts below it.`;
}

function questionWords({ questions }: RehearsalReport): string {
  const asked = questions.reduce((sum, one) => sum + one.asked, 0);
  const unanswered = questions.reduce((sum, one) => sum + one.unanswered, 0);
  return `${wholeNumber(unanswered)} of ${wholeNumber(asked)} questions got no answer before the next one came. A step far above the others may be worded badly.`;
}

function crowdedWords({ crowdedDays }: RehearsalReport): string {
  if (crowdedDays === 0) return 'No student got two unasked texts on one day.';
  return `It happened ${crowdedDays === 1 ? 'once' : `${wholeNumber(crowdedDays)} times`} that a student got more than one unasked text on one day.`;
}

/** Who wrote a line, as staff say it. */
const WHO = { mentee: 'student', house: 'Icehouse', counselor: 'counselor' } as const;

function transcript({ habit, firstName, language, timeZone, lines }: Transcript): string {
  const about = HABITS.find((one) => one.habit === habit)?.about ?? '';
  const said = lines.map(
    ({ at, from, body }) =>
      `<li class="${from}"><span class="who">${WHO[from]}, <time>${timeOf(at, timeZone)}</time></span><span lang="${language}">${plainText(body)}</span></li>`,
  );
  return `<details><summary>${plainText(firstName)} <small>${plainText(about)} ${lines.length} texts.</small></summary><ol class="talk">${said.join('')}</ol></details>`;
}

function timeOf(at: number, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit' }).format(at);
  return `${dayName(localDateOf(at, timeZone))}, ${clock.replace(/\s/u, ' ')}`;
}
