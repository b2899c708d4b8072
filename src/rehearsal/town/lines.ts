// A rehearsed year as lines for a terminal.

import type { Spread } from './ledger.ts';
import { CHECKS } from './observer.ts';
import { doneShare, type RehearsalReport } from './report.ts';

const QUESTIONS_SHOWN = 12;
const BAR = 40;

export function linesOf(report: RehearsalReport): string[] {
  return [
    `${report.mentees} synthetic mentees, ${report.months} months from ${report.from}, seed ${report.seed}`,
    '',
    'Texts per week (all that went out)',
    ...calendar(report),
    '',
    ...busiest(report),
    '',
    'Unasked texts per student                    min  p10  median  p90  max',
    spreadLine('mid-May to mid-September, answering', report.unasked.summer.answering),
    spreadLine('mid-May to mid-September, everybody', report.unasked.summer.all),
    spreadLine('after that, answering', report.unasked.after.answering),
    `Days on which a student got more than one unasked text: ${report.crowdedDays}`,
    '',
    `Cost: ${report.cost.segments} segments at ${report.cost.centsPerSegment} cents, $${report.cost.dollars.toFixed(2)}`,
    `Opt-outs: ${report.optOuts}, came back: ${report.returns}`,
    ...caseLines(report),
    '',
    'Questions that nobody answered (unanswered of asked)',
    ...report.questions
      .slice(0, QUESTIONS_SHOWN)
      .map(({ flow, step, asked, unanswered }) => `  ${String(unanswered).padStart(5)} of ${asked}  ${flow}, ${step}`),
    '',
    'Tasks at the end of each month',
    ...report.taskStatus.map((month) => {
      const { not_started: fresh, in_progress: begun, stuck, done, not_applicable: none } = month.tasks;
      return `  ${month.on}  ${doneShare(month)}% done  (done ${done}, begun ${begun}, stuck ${stuck}, not started ${fresh}, not for them ${none})`;
    }),
    '',
    'What must never happen (violations of checked)',
    ...CHECKS.map(
      (check) => `  ${check.replaceAll('_', ' ').padEnd(24)} ${report.violations[check]} of ${report.checked[check]}`,
    ),
    ...troubleLines(report),
    '',
    `It took ${(report.tookMs / 1_000).toFixed(1)} s.`,
  ];
}

function calendar({ weeks }: RehearsalReport): string[] {
  const most = Math.max(1, ...weeks.map(({ total }) => total));
  return weeks.map(({ week, total, byKind }) => {
    const bar = '#'.repeat(Math.round((BAR * total) / most));
    return `  ${week} ${String(total).padStart(6)}  ${bar}${byKind.nudge > 0 ? `  nudges ${byKind.nudge}` : ''}`;
  });
}

function busiest({ busiestWeek, busiestDay }: RehearsalReport): string[] {
  return [
    ...(busiestWeek === null ? [] : [`Busiest week: from ${busiestWeek.week}, ${busiestWeek.total} texts`]),
    ...(busiestDay === null ? [] : [`Busiest day: ${busiestDay.on}, ${busiestDay.total} texts to students`]),
  ];
}

function caseLines({ cases }: RehearsalReport): string[] {
  const { opened, crisis, high, unresolved, minutesToAcknowledge: taken, minutesToResolve: over } = cases;
  return [
    `Cases: ${opened} (${crisis} crisis, ${high} high), ${unresolved} open at the end; ` +
      `acknowledged after ${taken.median} minutes, over after ${Math.round(over.median / 60)} hours (medians)`,
  ];
}

function troubleLines({ troubles, alarms }: RehearsalReport): string[] {
  const said = [
    ...Object.entries(troubles),
    ...Object.entries(alarms).map(([kind, count]) => [`alarm ${kind}`, count]),
  ];
  if (said.length === 0) return [];
  return [
    '',
    'What the house said in its log, and alarms open at the end',
    ...said.map(([name, count]) => `  ${name}: ${count}`),
  ];
}

function spreadLine(name: string, { min, p10, median, p90, max }: Spread): string {
  const cells = [min, p10, median, p90, max].map((value, index) => String(value).padStart([5, 5, 8, 5, 5][index] ?? 5));
  return `  ${name.padEnd(40)}${cells.join('')}`;
}
