// Weekly prompts to mentors and what they answered. An update is only ever added; what a mentor says of a mentee is
// sealed. When a mentor is asked and when they are away is no secret.

import { z } from 'zod';
import type { Ids } from '../../app/ports/clock.ts';
import type { Absence, MentorUpdate, PromptStore } from '../../app/ports/staff-stores.ts';
import {
  asMenteeId,
  asMentorId,
  asMentorPromptId,
  type MenteeId,
  type MentorId,
  type MentorPromptId,
} from '../../core/model/ids.ts';
import {
  CONTACT_LENGTHS,
  CONTACT_MODES,
  type MenteeUpdate,
  type MentorPrompt,
  PROMPT_STAGES,
  PROMPT_STATUSES,
  type PromptSlot,
  type PromptStage,
  type PromptStatus,
  REACHED,
  UPDATE_TOPICS,
  WIN_SHARING,
} from '../../core/model/weekly-update.ts';
import { JsonColumn, SealedColumn } from './json-column.ts';
import * as statements from './prompt-statements.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';

const parseChannel = z.enum(['slack', 'sms']);
const parseStage = z.enum(PROMPT_STAGES);
const parseStatus = z.enum(PROMPT_STATUSES);
const menteeIdsColumn = new JsonColumn<readonly MenteeId[]>(
  'mentor_prompts',
  'mentee_ids',
  z.array(z.string().transform(asMenteeId)),
);

const topics = z.array(z.enum(UPDATE_TOPICS));

const updateColumn = new SealedColumn<MenteeUpdate>(
  'mentor_updates',
  'sealed_update',
  z.object({
    reached: z.enum(REACHED),
    mode: z.enum(CONTACT_MODES).nullable(),
    length: z.enum(CONTACT_LENGTHS).nullable(),
    topics,
    wellbeing: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).nullable(),
    worry: z.object({ topics, needsStaffNow: z.boolean(), note: z.string() }).nullable(),
    nextStep: z.string().nullable(),
    nextStepOn: z.string().nullable(),
    needFromStaff: z.string().nullable(),
    win: z.object({ text: z.string(), sharing: z.enum(WIN_SHARING) }).nullable(),
  }),
);

interface PromptRow {
  readonly id: string;
  readonly mentor_id: string;
  readonly week_on: string;
  readonly summary_on: string;
  readonly channel: string;
  readonly mentee_ids: string;
  readonly prompted_at: number;
  readonly stage: string;
  readonly status: string;
  readonly answered_at: number | null;
}

interface UpdateRow {
  readonly id: string;
  readonly prompt_id: string;
  readonly mentee_id: string;
  readonly mentor_id: string;
  readonly week_on: string;
  readonly sealed_update: string;
  readonly recorded_at: number;
}

export class SqlPromptStore implements PromptStore {
  readonly #session: Session;
  readonly #codec: SealedCodec;
  readonly #ids: Ids;

  constructor(session: Session, codec: SealedCodec, ids: Ids) {
    this.#session = session;
    this.#codec = codec;
    this.#ids = ids;
  }

  async insert(prompt: MentorPrompt): Promise<boolean> {
    const { id, mentorId, weekOn, summaryOn, channel, promptedAt, stage, status, answeredAt } = prompt;
    const menteeIds = menteeIdsColumn.write(id, prompt.menteeIds);
    const columns = { id, mentorId, weekOn, summaryOn, channel, menteeIds, promptedAt, stage, status, answeredAt };
    return (await statements.insertPrompt.run(this.#session, columns)) > 0;
  }

  async byId(promptId: MentorPromptId): Promise<MentorPrompt | null> {
    const row = await statements.prompt.first(this.#session, { id: promptId });
    return row === undefined ? null : parsePrompt(row);
  }

  async latestOf(mentorId: MentorId): Promise<MentorPrompt | null> {
    const [newest] = await this.of(mentorId, 1);
    return newest ?? null;
  }

  async of(mentorId: MentorId, limit: number): Promise<MentorPrompt[]> {
    return (await statements.newestPrompts.all(this.#session, { mentorId, limit })).map(parsePrompt);
  }

  async ofSummary(summaryOn: string): Promise<MentorPrompt[]> {
    return (await statements.promptsOfSummary.all(this.#session, { summaryOn })).map(parsePrompt);
  }

  async waiting(): Promise<MentorPrompt[]> {
    return (await statements.waitingPrompts.all(this.#session, {})).map(parsePrompt);
  }

  async setStage(promptId: MentorPromptId, stage: PromptStage): Promise<void> {
    await statements.setStage.run(this.#session, { id: promptId, stage });
  }

  async setStatus(promptId: MentorPromptId, status: PromptStatus, answeredAt: number | null): Promise<void> {
    await statements.setStatus.run(this.#session, { id: promptId, status, answeredAt });
  }

  async saveUpdate({ promptId, menteeId, mentorId, weekOn, update, at }: MentorUpdate): Promise<void> {
    const id = this.#ids.next();
    const sealed = updateColumn.seal(this.#codec, id, update);
    await statements.appendUpdate.run(this.#session, { id, promptId, menteeId, mentorId, weekOn, update: sealed, at });
  }

  async updatesOf(promptId: MentorPromptId): Promise<MentorUpdate[]> {
    const rows = await statements.newestUpdates.all(this.#session, { promptId });
    return rows.map((row) => this.#parseUpdate(row));
  }

  async lastOf(menteeId: MenteeId): Promise<MentorUpdate | null> {
    const row = await statements.lastUpdate.first(this.#session, { menteeId });
    return row === undefined ? null : this.#parseUpdate(row);
  }

  async slotOf(mentorId: MentorId): Promise<PromptSlot | null> {
    return (await statements.slotOf.first(this.#session, { mentorId })) ?? null;
  }

  async setSlot(mentorId: MentorId, { weekday, minute }: PromptSlot): Promise<void> {
    await statements.setSlot.run(this.#session, { mentorId, weekday, minute });
  }

  absencesOf(mentorId: MentorId, on: string): Promise<Absence[]> {
    return statements.absencesOf.all(this.#session, { mentorId, on });
  }

  async setAbsence(mentorId: MentorId, absence: Absence | null, on: string): Promise<void> {
    await statements.removeAbsences.run(this.#session, { mentorId, on });
    if (absence === null) return;
    await statements.insertAbsence.run(this.#session, { mentorId, from: absence.from, until: absence.until });
  }

  #parseUpdate(row: UpdateRow): MentorUpdate {
    return {
      promptId: asMentorPromptId(row.prompt_id),
      menteeId: asMenteeId(row.mentee_id),
      mentorId: asMentorId(row.mentor_id),
      weekOn: row.week_on,
      update: updateColumn.open(this.#codec, row.id, row.sealed_update),
      at: row.recorded_at,
    };
  }
}

function parsePrompt(row: PromptRow): MentorPrompt {
  return {
    id: asMentorPromptId(row.id),
    mentorId: asMentorId(row.mentor_id),
    weekOn: row.week_on,
    summaryOn: row.summary_on,
    channel: parseChannel.parse(row.channel),
    menteeIds: menteeIdsColumn.read(row.id, row.mentee_ids),
    promptedAt: row.prompted_at,
    stage: parseStage.parse(row.stage),
    status: parseStatus.parse(row.status),
    answeredAt: row.answered_at,
  };
}
