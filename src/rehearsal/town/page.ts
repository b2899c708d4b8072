// A rehearsed year as one page that stands alone: charts, tables, and what one student of each habit and the house said to
// each other. It asks nothing of the network and runs no script.

import { localDateOf } from '../../core/model/local-time.ts';
import { heatMap, KIND_NAMES, spreadChart, taskChart, weekChart } from './charts.ts';
import { KINDS, type Spread, type Transcript } from './ledger.ts';
import { CHECKS } from './observer.ts';
import { HABITS } from './people.ts';
import { doneShare, type RehearsalReport } from './report.ts';

/** The whole page. */
export function pageOf(report: RehearsalReport): string {
  const { violationTotal } = report;
  const verdict =
    violationTotal === 0
      ? '<p class="good">Nothing happened that must never happen.</p>'
      : `<p class="bad">${violationTotal} times something happened that must never happen. See the last table.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>A rehearsed year: ${report.mentees} students, ${report.months} months</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>A rehearsed year</h1>
<p>${report.mentees} synthetic students, ${report.months} months from ${report.from}, seed ${report.seed}. Nobody in it is real, and nothing was sent.</p>
${verdict}
${cards(report)}
<section><h2>Texts per week</h2>${legend()}${weekChart(report.weeks)}</section>
<section><h2>Day by day</h2><div class="wide">${heatMap(report.days)}</div></section>
<section><h2>Unasked texts per student, mid-May to mid-September</h2>${spreadChart(report.unasked.perMentee)}${spreadTable(report)}</section>
<section><h2>Tasks done</h2>${taskChart(report.taskStatus)}${taskTable(report)}</section>
<section><h2>Questions that nobody answered</h2>${questionTable(report)}</section>
<section><h2>Nudges by task</h2>${table(
    ['Task', 'Nudges'],
    report.tasks.map(({ task, texts }) => [task, texts]),
  )}</section>
<section><h2>Collisions</h2>${crowdedTable(report)}</section>
<section><h2>What must never happen</h2>${checkTable(report)}</section>
<section><h2>One student of each habit</h2>${report.transcripts.map(transcript).join('')}</section>
<footer>Played in ${(report.tookMs / 1_000).toFixed(1)} s.</footer>
</main>
</body>
</html>
`;
}

function cards(report: RehearsalReport): string {
  const { cases, cost, busiestWeek, busiestDay } = report;
  const list: readonly (readonly [string, string, string])[] = [
    ['Texts out', number(report.texts), `${number(report.inboundTexts)} came in`],
    ['Busiest week', busiestWeek === null ? 'none' : number(busiestWeek.total), busiestWeek?.week ?? ''],
    ['Busiest day', busiestDay === null ? 'none' : number(busiestDay.total), busiestDay?.on ?? ''],
    ['Cost', `$${cost.dollars.toFixed(2)}`, `${number(cost.segments)} segments at ${cost.centsPerSegment} cents`],
    ['Cases', number(cases.opened), `acknowledged after ${cases.minutesToAcknowledge.median} minutes (median)`],
    ['Opt-outs', number(report.optOuts), `${report.returns} came back`],
  ];
  const card = ([name, value, about]: (typeof list)[number]) =>
    `<div class="card"><dt>${name}</dt><dd>${value}</dd><p>${plainText(about)}</p></div>`;
  return `<dl class="cards">${list.map(card).join('')}</dl>`;
}

function legend(): string {
  const item = (kind: (typeof KINDS)[number]) => `<li><span class="swatch k-${kind}"></span>${KIND_NAMES[kind]}</li>`;
  return `<ul class="legend">${KINDS.map(item).join('')}</ul>`;
}

function spreadTable({ unasked }: RehearsalReport): string {
  const row = (name: string, { count, min, p10, median, p90, max }: Spread) => [
    name,
    count,
    min,
    p10,
    median,
    p90,
    max,
  ];
  return table(
    ['Who', 'Students', 'Least', '10%', 'Median', '90%', 'Most'],
    [
      row('Those who answer, mid-May to mid-September', unasked.summer.answering),
      row('Everybody, mid-May to mid-September', unasked.summer.all),
      row('Those who answer, after that', unasked.after.answering),
      row('Everybody, after that', unasked.after.all),
    ],
  );
}

function taskTable({ taskStatus }: RehearsalReport): string {
  return table(
    ['Month until', 'Done', 'Done, %', 'Begun', 'Stuck', 'Not started', 'Not for them'],
    taskStatus.map((month) => {
      const { done, in_progress: begun, stuck, not_started: fresh, not_applicable: none } = month.tasks;
      return [month.on, done, doneShare(month), begun, stuck, fresh, none];
    }),
  );
}

function questionTable({ questions }: RehearsalReport): string {
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((100 * part) / whole));
  return table(
    ['Flow', 'Step', 'Asked', 'Unanswered', '%'],
    questions.map(({ flow, step, asked, unanswered }) => [flow, step, asked, unanswered, percent(unanswered, asked)]),
  );
}

function crowdedTable({ crowded, crowdedDays }: RehearsalReport): string {
  if (crowdedDays === 0) return '<p>No student got two unasked texts on one day.</p>';
  return table(
    ['Day', 'Students with more than one unasked text'],
    crowded.map(({ on, mentees }) => [on, mentees]),
  );
}

function checkTable({ checked, violations }: RehearsalReport): string {
  return table(
    ['Rule', 'Checked', 'Violations'],
    CHECKS.map((check) => [check.replaceAll('_', ' '), checked[check], violations[check]]),
  );
}

/** Who wrote a line, as staff say it. */
const WHO = { mentee: 'student', house: 'Icehouse', counselor: 'counselor' } as const;

function transcript({ habit, firstName, language, timeZone, lines }: Transcript): string {
  const about = HABITS.find((one) => one.habit === habit)?.about ?? '';
  const said = lines.map(
    ({ at, from, body }) =>
      `<li class="${from}"><span class="who">${WHO[from]}, <time>${timeOf(at, timeZone)}</time></span><span lang="${language}">${plainText(body)}</span></li>`,
  );
  return `<details><summary>${habit.replaceAll('_', ' ')}: ${plainText(firstName)}, ${lines.length} texts</summary><p>${plainText(about)}</p><ol class="talk">${said.join('')}</ol></details>`;
}

function timeOf(at: number, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit' }).format(at);
  return `${localDateOf(at, timeZone)} ${clock.replace(/\s/u, ' ')}`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) =>
    typeof value === 'number' ? `<td class="n">${number(value)}</td>` : `<td>${plainText(value)}</td>`;
  const isNumber = (column: number) => typeof rows[0]?.[column] === 'number';
  const titles = head
    .map((name, column) => `<th scope="col"${isNumber(column) ? ' class="n"' : ''}>${name}</th>`)
    .join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('');
  return `<div class="wide"><table><thead><tr>${titles}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** Whatever people wrote is text here, and nothing else. */
function plainText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const STYLE = `
:root{color-scheme:light dark;--ground:#fbfbf9;--card:#fff;--ink:#1c2126;--soft:#555e68;--rule:#d9dce0;--good:#17663a;--bad:#a3131f;
--c1:#2467b3;--c2:#7fb0e3;--c3:#6b8f3c;--c4:#c2342d;--c5:#8a4fb0;--c6:#a06a00;--c7:#4a9a94;--c8:#7a7f87;
--h1:#dbe8f6;--h2:#a9c8ea;--h3:#6fa3d8;--h4:#3a78bd;--h5:#174a86}
@media (prefers-color-scheme:dark){:root{--ground:#14181c;--card:#1d2329;--ink:#eceff2;--soft:#aeb7c0;--rule:#39424b;--good:#7fd6a2;--bad:#ff9a93;
--c1:#6aa8ec;--c2:#b9d6f4;--c3:#a4c972;--c4:#ff8078;--c5:#cb9bea;--c6:#e0b25a;--c7:#7fd0c9;--c8:#a9afb7;
--h1:#20364d;--h2:#285077;--h3:#3470a8;--h4:#5b9ad6;--h5:#a9d0f7}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:1040px;margin:0 auto;padding:32px 20px}h1{font-size:2rem;margin:0 0 4px}h2{font-size:1.2rem;margin:0 0 12px}
section{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:20px;margin:20px 0}
.good,.bad{font-weight:600}.good{color:var(--good)}.bad{color:var(--bad)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:20px 0}
.card{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:14px}
.card dt{color:var(--soft);font-size:.875rem}.card dd{margin:0;font-size:1.5rem;font-weight:600}.card p{margin:0;color:var(--soft);font-size:.8125rem}
svg{display:block;width:100%;height:auto}svg text{fill:var(--soft);font-size:11px}.grid{stroke:var(--rule)}
.line{fill:none;stroke:var(--c1);stroke-width:2.5}.dot{fill:var(--c1)}.wide{overflow-x:auto}svg.heat{width:auto}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:0 0 12px;padding:0;font-size:.875rem;color:var(--soft)}
.swatch{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px}
.k-nudge{fill:var(--c1);background:var(--c1)}.k-introduction{fill:var(--c2);background:var(--c2)}.k-answer{fill:var(--c3);background:var(--c3)}
.k-safety_reply{fill:var(--c4);background:var(--c4)}.k-human_text{fill:var(--c5);background:var(--c5)}.k-keyword_answer{fill:var(--c6);background:var(--c6)}
.k-mentor_text{fill:var(--c7);background:var(--c7)}.k-staff_text{fill:var(--c8);background:var(--c8)}
.h-0{fill:var(--rule)}.h-1{fill:var(--h1)}.h-2{fill:var(--h2)}.h-3{fill:var(--h3)}.h-4{fill:var(--h4)}.h-5{fill:var(--h5)}
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{padding:6px 10px;border-bottom:1px solid var(--rule);text-align:left}
th{color:var(--soft);font-weight:600}td.n,th.n{text-align:right}td.n{font-variant-numeric:tabular-nums}
details{border-top:1px solid var(--rule);padding:10px 0}summary{cursor:pointer;font-weight:600}
.talk{list-style:none;margin:0;padding:0;display:flex;flex-direction:column;gap:8px}
.talk li{max-width:80%;padding:8px 12px;border-radius:12px;border:1px solid var(--rule);overflow-wrap:anywhere}
.talk .mentee{align-self:flex-end;border-color:var(--c1)}.talk .counselor{border-color:var(--c5)}
.who{display:block;color:var(--soft);font-size:.75rem}footer{color:var(--soft)}
`;
