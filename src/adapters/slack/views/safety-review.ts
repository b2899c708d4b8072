// Monday's review for the counselors: verdicts in numbers, pages that were wrong with what fired, texts that were missed,
// each with a press that opens the form of an example. No student is named, and the notification says nothing of any.

import type { KnownBlock } from '@slack/types';
import { subjectOfExample } from '../../../app/example-source.ts';
import type { StaffMessage } from '../../../app/ports/messages.ts';
import { ASK } from './action-ids.ts';
import { verdictWords } from './case-words.ts';
import { button, context, heading, type Rendered, section } from './elements.ts';
import { countLetters, fillRoom, LETTERS, type Listing, MESSAGE_BLOCKS } from './fill-room.ts';
import { clip, oneLine } from './text.ts';
import { dateTimeWords, dateWords } from './times.ts';

type Review = Extract<StaffMessage, { kind: 'safety_review' }>;

const WORD_LIMIT = 110;
const LABEL = 'Write an example';

export function renderSafetyReview(review: Review): Rendered {
  const { real, falseAlarm, wrongTier, none } = review.verdicts;
  const head: KnownBlock[] = [
    heading(`What the screen learned · ${dateWords(review.on)}`),
    section(
      [
        `Cases that ended last week: ${real} real, ${falseAlarm} false alarms, ${wrongTier} of a wrong tier.`,
        ...(none === 0 ? [] : [`Of ${none} nobody has said whether the page was right: Details on their cards asks.`]),
        ...(review.examplesAdded === 0 ? [] : [`Examples added: ${review.examplesAdded}.`]),
      ].join('\n'),
    ),
  ];
  const room = { blocks: MESSAGE_BLOCKS - head.length, letters: LETTERS - countLetters(head) };
  const listings = [judged(review), misses(review)].filter(({ items }) => items.length > 0);
  return { text: 'The weekly review of the distress screen is here.', blocks: [...head, ...fillRoom(listings, room)] };
}

function judged({ judged: cases }: Review): Listing {
  const items = cases.map(({ escalationId, caseCode, tier, shouldBe, signals, words }) => {
    const verdict =
      shouldBe === null ? ({ kind: 'false_alarm' } as const) : { kind: 'wrong_tier' as const, tier: shouldBe };
    const lines = [
      `Case ${caseCode}, paged as ${tier}. ${verdictWords(verdict)}`,
      `Signals: ${signals.length === 0 ? 'none, a person raised it' : oneLine(signals.join(', '), 300)}`,
      ...(words.length === 0
        ? []
        : [`Words: ${words.map((word) => `“${clip(oneLine(word, 400), WORD_LIMIT)}”`).join('  ')}`]),
    ];
    return section(
      lines.join('\n'),
      button(ASK.safetyExample, LABEL, { value: subjectOfExample({ kind: 'case', escalationId }) }),
    );
  });
  return listing('Pages that were wrong', items);
}

const RAISED = {
  person: 'A person read a text and had somebody paged',
  worry: 'A mentor was worried; the student had written before, and nobody was paged',
} as const;

function misses({ misses: found, timeZone }: Review): Listing {
  const items = found.map(({ inboundId, by, at }) =>
    section(
      `${RAISED[by]}: ${dateTimeWords(at, timeZone)}. The text stands in the form.`,
      button(ASK.safetyExample, LABEL, { value: subjectOfExample({ kind: 'text', inboundId }) }),
    ),
  );
  return listing('Texts that the screen let pass', items);
}

function listing(title: string, items: readonly KnownBlock[]): Listing {
  const foot = (shown: number) =>
    shown < items.length ? [context(`${items.length - shown} more are not shown.`)] : [];
  return { head: [heading(title)], items, foot };
}
