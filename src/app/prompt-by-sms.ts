// The weekly update for a mentor who is not in Slack, by SMS: one text that asks, one that reminds. Both are nudges, so
// consent, quiet hours and the cap of the week hold them like any other; there is no last call, because the cap is two.

import { type MentorTextName, renderMentorText } from '../core/flow/mentor-texts.ts';
import { LONGEST_TEXT } from '../core/flow/segments.ts';
import type { Mentee } from '../core/model/people.ts';
import { canBeAsked, textedAt } from './excuse-week.ts';
import type { HouseDeps } from './house-deps.ts';
import { OF_NO_FLOW } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound } from './ports/messages.ts';
import { promptKey } from './post-prompt.ts';
import { openOf, type Progress } from './prompt-progress.ts';
import { apartFrom } from './tell-apart.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const SECOND_MS = 1_000;
/** Letters of a name in a list: twelve mentees fit into one text. */
const NAME_LIMIT = 20;
const SHORT_NAME = 6;

/** Asks by SMS, or reminds of what is missing. False when this was asked before or nothing may be texted. */
export async function textPrompt(
  deps: HouseDeps,
  stores: Stores,
  progress: Progress,
  stage: 'prompted' | 'reminded',
  now: number,
): Promise<boolean> {
  const texted = textedAt(deps, progress.mentor);
  if (texted === null || !(await canBeAsked(deps, stores, progress.mentor))) return false;
  const text = await promptText(deps, stores, progress, stage);
  const row: NewOutbound = {
    key: promptKey(progress.prompt.id, stage),
    messageClass: 'nudge',
    recipient: { kind: 'phone', ...texted, menteeId: null, counselorId: null },
    body: { kind: 'sms', text },
    dueAt: await freeAt(deps, stores, texted.phoneHash, now),
    escalationId: null,
    ...OF_NO_FLOW,
  };
  return (await stores.outbox.add(row, now)) !== null;
}

/** The first text ever says who writes, that it is automated and how to stop (CA-02), and asks in the same breath. */
async function promptText(
  deps: HouseDeps,
  stores: Stores,
  progress: Progress,
  stage: 'prompted' | 'reminded',
): Promise<string> {
  const texted = textedAt(deps, progress.mentor);
  const rows = texted === null ? [] : await stores.outbox.ofPhone(texted.phoneHash);
  const isFirst = !rows.some(({ key, status }) => key.startsWith('prompt:') && status === 'sent');
  const open = new Set(openOf(progress).map(({ id }) => id));
  const asked = progress.mentees.filter(({ id }) => stage === 'prompted' || open.has(id));
  const write = (nameLimit: number) => {
    const list = listOf(progress, asked, { nameLimit });
    const ask = mentorText(deps, progress, stage === 'prompted' ? 'weekly_update' : 'still_open', { list });
    return isFirst ? `${mentorText(deps, progress, 'introduction', {})}\n${ask}` : ask;
  };
  const whole = write(NAME_LIMIT);
  return whole.length <= LONGEST_TEXT ? whole : write(SHORT_NAME).slice(0, LONGEST_TEXT);
}

/** "1 Ana S., 2 Ana T., 3 Leo": the number is the mentee's place in the prompt, so that it stays the same all week. */
export function listOf(
  { prompt, mentees }: Pick<Progress, 'prompt' | 'mentees'>,
  shown: readonly Mentee[],
  write: { readonly nameLimit?: number; readonly after?: (mentee: Mentee) => string } = {},
): string {
  const { nameLimit = NAME_LIMIT, after = () => '' } = write;
  return shown
    .map((mentee) => {
      const name = `${clip(mentee.firstName, nameLimit)}${clip(apartFrom(mentee, mentees), nameLimit)}`;
      return `${prompt.menteeIds.indexOf(mentee.id) + 1} ${name}${after(mentee)}`;
    })
    .join(', ');
}

function clip(words: string, letters: number): string {
  return [...words].slice(0, letters).join('');
}

/** One of the program's texts to mentors, with its values. */
export function mentorText(
  deps: HouseDeps,
  { mentor }: Pick<Progress, 'mentor'>,
  name: MentorTextName,
  values: Readonly<Record<string, string>>,
): string {
  const { program } = deps.content.current();
  return renderMentorText(program.mentor_texts[name], {
    program: program.name,
    program_phone: program.phone,
    first_name: mentor.firstName,
    ...values,
  });
}

/**
 * When the cap of the week lets the next unasked text out. Without this a prompt, a week to the second after the last,
 * would wait for the next morning.
 */
async function freeAt(
  deps: HouseDeps,
  stores: Stores,
  phoneHash: Parameters<typeof stores.outbox.unaskedSince>[0],
  now: number,
): Promise<number> {
  const { weekly_unasked_texts: cap } = deps.content.current().program;
  const begun = await stores.outbox.unaskedSince(phoneHash, now - WEEK_MS);
  const oldest = begun[begun.length - cap];
  return oldest === undefined ? now : Math.max(now, oldest + WEEK_MS + SECOND_MS);
}
