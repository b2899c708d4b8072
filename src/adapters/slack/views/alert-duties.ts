// What a card says beside who has the case: whether it is safe to text, and the duty of mandated reporters with both of
// its timers (MR-01). The duty is personal: nothing here approves a report or hands it to somebody.

import type { KnownBlock } from '@slack/types';
import type { AlertCard, ReportDuty } from '../../../app/ports/messages.ts';
import { ACT } from './action-ids.ts';
import { actions, button, section } from './elements.ts';
import { nameIn, oneLine } from './text.ts';
import { dateTimeWords } from './times.ts';

const TEXT_SAFETY: Readonly<Record<NonNullable<AlertCard['textSafety']>, string>> = {
  asked: 'Safe to text? They were asked and have not said yes: treat this phone as NOT SAFE TO TEXT.',
  safe: 'Safe to text: they said yes.',
  not_safe: 'NOT SAFE TO TEXT: they said so. Nothing more is texted by itself.',
};

/** Whether texts may go there at all; empty when nothing speaks against it. */
export function textingBlocks({ textSafety, cannotText, state }: AlertCard): KnownBlock[] {
  const safety = textSafety == null ? [] : [section(TEXT_SAFETY[textSafety])];
  const cannot = cannotText == null || textSafety === 'not_safe' || state === 'resolved' ? [] : [section(cannotText)];
  return [...safety, ...cannot];
}

/** The duty and the two buttons of whoever has reported; empty where there is none. */
export function dutyBlocks({ duty, escalationId, timeZone }: AlertCard): KnownBlock[] {
  if (duty == null) return [];
  const value = escalationId;
  return [
    section(lawWords(duty)),
    section([phoneWords(duty, timeZone), writtenWords(duty, timeZone)].join('\n')),
    actions(
      [
        button(ACT.reportPhoned, 'I reported by phone', { value }),
        button(ACT.reportWritten, 'I sent the written report', { value }),
      ],
      `report-${value}`,
    ),
  ];
}

const LAW =
  'Mandated reporters who suspect abuse, neglect or sexual exploitation of a child phone the agency at once and send a written report within 36 hours (Penal Code 11166). The duty is each person’s own: nobody approves a report, and nobody may stop one.';

function lawWords({ age, agency }: ReportDuty): string {
  const who = age === 'under_18' ? 'UNDER 18.' : 'Age not on the roster: if they are under 18, this holds.';
  const where =
    agency === null ? 'No agency is named in program.yaml (mandated_reports).' : `Call: ${oneLine(agency, 200)}.`;
  return `${who} ${LAW} ${where}`;
}

function phoneWords(duty: ReportDuty, timeZone: string): string {
  const made = madeWords(duty, 'phone', timeZone);
  return made ?? `By phone: not noted yet. Due at once, since ${dateTimeWords(duty.since, timeZone)}.`;
}

function writtenWords(duty: ReportDuty, timeZone: string): string {
  const made = madeWords(duty, 'written', timeZone);
  if (made !== null) return made;
  const where = duty.written === null ? '' : ` ${oneLine(duty.written, 200)}.`;
  return `In writing: not noted yet. Due ${dateTimeWords(duty.writtenDueAt, timeZone)}.${where}`;
}

const MADE: Readonly<Record<ReportDuty['reports'][number]['report'], string>> = {
  phone: 'Reported by phone',
  written: 'Written report sent',
};

function madeWords({ reports }: ReportDuty, kind: keyof typeof MADE, timeZone: string): string | null {
  const made = reports.filter(({ report }) => report === kind);
  if (made.length === 0) return null;
  const who = made.map(({ by, at }) => `${nameIn(by)}, ${dateTimeWords(at, timeZone)}`);
  return `${MADE[kind]}: ${who.join('; ')}.`;
}
