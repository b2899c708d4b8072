// What mentors, counselors and staff do in a rehearsed year, so that the house does not fill up: they take cases, write with
// the student, end cases, give weekly updates, phone whoever is stuck, and close what waits. They see what Slack shows.

import type { StaffMessage } from '../app/ports/messages.ts';
import { asMenteeId, type EscalationId, type MentorPromptId } from '../core/model/ids.ts';
import { quietUpdate } from '../core/model/weekly-update.ts';
import type { Town } from '../rehearsal/town/people.ts';
import type { Random } from '../rehearsal/town/random.ts';
import type { Posted, RehearsedHouse } from './rehearse-house.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A form that was overtaken by a new text is opened again so often. */
const END_TRIES = 30;

type Later = (afterMs: number, deed: () => Promise<unknown>) => void;

export interface StaffLife {
  /** Somebody sees a post. */
  see(post: Posted): void;
}

interface Seen {
  readonly caseCode: string;
  readonly holder: string;
  readonly threadOf: string;
  isTaken: boolean;
  isWriting: boolean;
}

/** `later` puts a deed on the town's agenda; `house` is asked for at the time of the deed. */
export function createStaffLife(town: Town, house: () => RehearsedHouse, later: Later, random: Random): StaffLife {
  const cases = new Map<EscalationId, Seen>();
  let deeds = 0;
  const actor = (slackUserId: string) => {
    deeds += 1;
    return { slackUserId, actKey: `rehearsed-${deeds}` };
  };

  const write = (seen: Seen, escalationId: EscalationId, text: string): Promise<unknown> => {
    if (!seen.isWriting) return house().act({ kind: 'still_on_it', escalationId }, actor(seen.holder));
    deeds += 1;
    const said = {
      externalId: `C0:${(house().clock.now() / 1_000).toFixed(3)}${String(deeds % 1_000).padStart(3, '0')}`,
      threadOf: seen.threadOf,
      slackUserId: seen.holder,
      text,
      fileCount: 0,
    };
    return house().hearThread(said);
  };

  const end = async (seen: Seen, escalationId: EscalationId, tries: number): Promise<void> => {
    const who = actor(seen.holder);
    const form = await house().openModal({ kind: 'resolve_case', escalationId }, who);
    const answer =
      form.kind === 'resolve_case'
        ? await house().submit(
            {
              kind: 'resolve_case',
              escalationId,
              outcome: 'connected',
              verdict: { kind: 'real' },
              resumeAfterHours: 72,
              seen: form.seen,
              note: 'Talked; they have somebody with them.',
            },
            actor(seen.holder),
          )
        : null;
    if (answer?.kind === 'close') return void cases.delete(escalationId);
    if (tries > 0) later(HOUR, () => end(seen, escalationId, tries - 1));
  };

  const takeCase = ({ message, providerId }: Posted & { message: Extract<StaffMessage, { kind: 'alert' }> }) => {
    const { escalationId } = message;
    if (message.state !== 'open' || cases.has(escalationId)) return;
    const holder = slackIdOf(random.pick(town.counselors));
    const seen: Seen = { caseCode: message.caseCode, holder, threadOf: providerId, isTaken: false, isWriting: false };
    cases.set(escalationId, seen);
    const takenAfter = random.between(1, 25) * MINUTE;
    later(takenAfter, () => {
      seen.isTaken = true;
      return house().act({ kind: 'acknowledge', escalationId }, actor(seen.holder));
    });
    if (random.chance(0.7)) {
      later(takenAfter + MINUTE, async () => {
        await house().act({ kind: 'take_over', escalationId }, actor(seen.holder));
        seen.isWriting = true;
      });
      later(takenAfter + 3 * MINUTE, () => write(seen, escalationId, 'Hi, I am here and I read what you wrote.'));
    }
    later(takenAfter + random.between(1, 20) * HOUR, () => end(seen, escalationId, END_TRIES));
  };

  /** A post in a thread names its case by the code that people read aloud. */
  const tendCase = (caseCode: string) => {
    const [escalationId, seen] = [...cases].find(([, one]) => one.caseCode === caseCode) ?? [];
    if (escalationId === undefined || seen === undefined) return;
    later(random.between(2, 8) * MINUTE, async () => {
      if (seen.isTaken) await write(seen, escalationId, 'Thank you for telling me. I am still here.');
    });
  };

  const update = async (slackUserId: string, promptId: MentorPromptId): Promise<void> => {
    const modal = await house().openModal({ kind: 'weekly_update', promptId }, actor(slackUserId));
    if (modal.kind !== 'weekly_update' || modal.isClosed) return;
    const rows = modal.rows.map(({ menteeId }) => ({
      menteeId,
      reached: random.pick(['talked', 'message_only', 'message_only', 'tried'] as const),
    }));
    await house().submit({ kind: 'weekly_update', promptId, rows }, actor(slackUserId));
    for (const { menteeId, reached } of rows) {
      if (reached === 'talked') await helpWith(slackUserId, promptId, menteeId);
    }
  };

  /** Whoever talked with a mentee about what they were stuck on says so. */
  const helpWith = async (slackUserId: string, promptId: MentorPromptId, mentee: string): Promise<void> => {
    const menteeId = asMenteeId(mentee);
    const modal = await house().openModal({ kind: 'mentee_update', promptId, menteeId }, actor(slackUserId));
    if (modal.kind !== 'mentee_update') return;
    const tasksDone = modal.tasks.filter(({ isStuck }) => isStuck && random.chance(0.6)).map(({ key }) => key);
    if (tasksDone.length === 0) return;
    const said = { promptId, menteeId, update: quietUpdate('talked'), tasksDone, tasksStuck: [] };
    await house().submit({ kind: 'mentee_update', ...said }, actor(slackUserId));
  };

  const seeOfPerson = ({ to, message }: Posted) => {
    if (to.kind !== 'user' || message.kind !== 'weekly_prompt' || message.isClosed) return;
    const { promptId } = message;
    const willAnswer = message.stage === 'prompted' ? 0.7 : 0.5;
    if (random.chance(willAnswer)) later(random.between(10, 30 * 60) * MINUTE, () => update(to.slackUserId, promptId));
  };

  const seeOfStaff = (message: StaffMessage) => {
    const [somebody] = town.staff;
    if (somebody === undefined) return;
    const who = slackIdOf(somebody);
    if (message.kind === 'texts_digest') {
      later(random.between(1, 18) * HOUR, () => house().act({ kind: 'mark_all_read' }, actor(who)));
    }
    if (message.kind === 'todo' && message.closedBy === null) {
      const { todoKey } = message;
      later(random.between(1, 48) * HOUR, () => house().act({ kind: 'close_todo', todoKey }, actor(who)));
    }
  };

  return {
    see: (post) => {
      const { message } = post;
      if (post.to.kind === 'user') return seeOfPerson(post);
      if (message.kind === 'alert') return takeCase({ ...post, message });
      if (message.kind === 'case_text') return tendCase(message.caseCode);
      seeOfStaff(message);
    },
  };
}

function slackIdOf({ slackUserId }: { readonly slackUserId: string | null }): string {
  return slackUserId ?? 'U0NOBODY';
}
