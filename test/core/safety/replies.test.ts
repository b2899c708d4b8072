// The locked replies: each lock and each ban is shown to hold by breaking a copy of the real wording; and which is sent.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  chooseNobodyYet,
  chooseReply,
  parseReplies,
  pickReply,
  type ReplyFacts,
} from '../../../src/core/safety/replies.ts';
import { REPLY_IDS, type ReplyId, type SafetyReplies } from '../../../src/core/safety/reply-ids.ts';
import { checkReplies } from '../../../src/core/safety/reply-locks.ts';

const source: unknown = parse(readFileSync(new URL('../../../flows/safety/replies.yaml', import.meta.url), 'utf8'));

function read(): SafetyReplies {
  const result = parseReplies(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.replies;
}
const replies = read();
type Language = 'en' | 'es';

/** The real replies with one text changed. */
const changed = (id: ReplyId, language: Language, change: (text: string) => string): SafetyReplies => ({
  ...replies,
  [id]: { ...replies[id], [language]: change(replies[id][language]) },
});

describe('the wording that is delivered', () => {
  it('keeps every lock', () => expect(checkReplies(replies)).toEqual([]));

  it.each(REPLY_IDS)('%s asks nothing about method and promises no time', (id) => {
    for (const text of [replies[id].en, replies[id].es]) {
      expect(text).not.toMatch(
        /\bhow would you\b|\bplan to\b|\bpills?\b|\bpastillas\b|\bin \d+ minutes\b|\ben \d+ minutos\b/i,
      );
    }
  });

  it.each(['abuse', 'abuse_again', 'abuse_not_safe', 'nobody_yet_quiet'] as const)(
    '%s names no hotline: somebody else may hold the phone',
    (id) => {
      for (const text of [replies[id].en, replies[id].es])
        expect(text).not.toMatch(/988|1-800|88788|hotline|l[ií]nea/i);
    },
  );

  it('says in the first segment what to do now', () => {
    expect(replies.crisis.en.slice(0, 153)).toContain('988');
    expect(replies.crisis.es.slice(0, 153)).toContain('988');
    expect(replies.still_here.en.slice(0, 153)).toContain('988');
  });

  it('an immigration worry is not answered with 911', () => {
    for (const id of ['immigration', 'immigration_by', 'immigration_office'] as const)
      expect(`${replies[id].en} ${replies[id].es}`).not.toContain('911');
  });

  it('a no to "is it safe to text you?" is answered with thanks and nothing else', () => {
    expect(replies.abuse_not_safe).toEqual({ en: 'OK, thanks.', es: 'OK, gracias.' });
  });

  it('a yes brings the hotlines, and that the texts can be deleted', () => {
    expect(replies.abuse_safe.en).toMatch(/not your fault.*1-800-799-7233.*88788.*911.*delete these texts/);
    expect(replies.abuse_safe.es).toMatch(/No es tu culpa.*1-800-799-7233.*911.*borrar estos mensajes/);
  });
});

const TIMED = REPLY_IDS.filter((id) => /_(?:by|office)$/.test(id));

describe('each lock, broken', () => {
  const without = (what: RegExp) => (text: string) =>
    text.replaceAll(new RegExp(what.source, `${what.flags.replace('g', '')}g`), '');
  const cells: readonly (readonly [ReplyId, Language, string, RegExp])[] = [
    ...(
      [
        'crisis',
        'crisis_someone_else',
        'high',
        'high_by',
        'high_office',
        'immigration_office',
        'moderate',
        'moderate_by',
        'moderate_office',
        'still_here',
        'nobody_yet',
      ] as const
    ).flatMap((id) => [
      [id, 'en', 'name 988', /988/] as const,
      [id, 'es', 'name 988', /988/] as const,
      [id, 'es', 'say how 988 answers in Spanish', /oprime 2|AYUDA/] as const,
    ]),
    ...(
      [
        'crisis',
        'crisis_someone_else',
        'abuse',
        'abuse_again',
        'threat_to_others',
        'high',
        'still_here',
        'nobody_yet',
        'nobody_yet_quiet',
      ] as const
    ).flatMap((id) => [[id, 'en', 'name 911', /911/] as const, [id, 'es', 'name 911', /911/] as const]),
    ...(
      [
        'crisis',
        'high',
        'high_by',
        'high_office',
        'immigration',
        'immigration_by',
        'immigration_office',
        'nobody_yet',
        'nobody_yet_quiet',
      ] as const
    ).flatMap((id) => [
      [id, 'en', 'say that it is automated', /automated/i] as const,
      [id, 'es', 'say that it is automated', /autom[aá]tico/i] as const,
    ]),
    ...TIMED.flatMap((id) => [
      [id, 'en', 'keep {time}', /\{time\}/] as const,
      [id, 'es', 'keep {time}', /\{time\}/] as const,
    ]),
    ...TIMED.filter((id) => id.endsWith('_office')).flatMap((id) => [
      [id, 'en', 'when our office opens', /office opens/] as const,
      [id, 'es', 'cuando abra nuestra oficina', /oficina/] as const,
    ]),
    ['abuse', 'en', 'Y or N', /Reply Y or N/],
    ['abuse', 'es', 'S o N', /Responde S o N/],
    ['abuse_safe', 'en', 'name the hotline', /1-800-799-7233/],
    ['abuse_safe', 'es', 'name the hotline', /1-800-799-7233/],
    ['crisis', 'en', "don't wait for us", /don't wait for us/i],
    ['crisis', 'es', 'no nos esperes', /no nos esperes/i],
    ['nobody_yet', 'en', "don't wait for us", /don't wait for us/i],
    ['nobody_yet', 'es', 'no nos esperes', /no nos esperes/i],
    ...(
      [
        'crisis',
        'crisis_someone_else',
        'abuse',
        'abuse_again',
        'abuse_safe',
        'high',
        'immigration',
        'still_here',
      ] as const
    ).flatMap((id) => [
      [id, 'en', 'a counselor is told', /counselor/i] as const,
      [id, 'es', 'a counselor is told', /consejero/i] as const,
    ]),
  ];
  it.each(cells)('%s in %s is refused: %s', (id, language, hint, what) => {
    const problems = checkReplies(changed(id, language, without(what)));
    expect(problems).toContainEqual(
      expect.objectContaining({ path: [id, language], hint: expect.stringContaining(hint) }),
    );
  });

  it('988 inside a longer number does not count', () => {
    expect(checkReplies(changed('crisis', 'en', (text) => text.replaceAll('988', '19881')))).not.toEqual([]);
  });
});

describe('each ban, broken', () => {
  it.each([
    ['the old lifeline', 'Call 1-800-273.'],
    ['the old lifeline, otherwise written', 'Call 1800-273.'],
    ['988 press 3', 'Call 988 and press 3.'],
    ['988 oprime 3', 'Llama al 988, oprime 3.'],
    ['a promise of secrecy', 'This is confidential.'],
    ['a promise of secrecy', 'Es confidencial.'],
    ['a promise of secrecy', 'I will keep this private.'],
    ['a promise of secrecy', 'Tu secreto con nosotros está seguro.'],
    ['an understanding bot', 'I understand how you feel.'],
    ['an understanding bot', 'Te entiendo.'],
    ['a promise', "You'll be fine."],
    ['a promise', 'Youll be ok.'],
    ['a promise', 'Vas a estar bien.'],
    ['unsafe wording', 'She committed suicide.'],
    ['unsafe wording', 'Cometió suicidio.'],
    ['guilt', 'Think of your family.'],
    ['guilt', 'Piensa en tu familia.'],
    ['a placeholder that is none', 'Hi { name }.'],
  ])('%s is refused: %s', (_, sentence) => {
    for (const id of REPLY_IDS) {
      for (const language of ['en', 'es'] as const) {
        const problems = checkReplies({
          ...replies,
          [id]: { ...replies[id], [language]: `${replies[id][language]} ${sentence}` },
        });
        expect(problems, id).toContainEqual(
          expect.objectContaining({ path: [id, language], message: 'this may not be said' }),
        );
      }
    }
  });

  it.each(REPLY_IDS)('a time in %s, unless it is one that the calendar fills in', (id) => {
    const allowed = TIMED.includes(id);
    expect(checkReplies(changed(id, 'en', (text) => `${text} {time}`)).length === 0).toBe(allowed);
  });

  it.each([
    'OK, thanks. A counselor is told.',
    'OK, thanks. 911.',
    'OK, thanks. Stay safe.',
    'OK, thanks for that, we are very glad that you wrote.',
  ])('what gives away to somebody else why they were asked: %s', (text) => {
    expect(checkReplies(changed('abuse_not_safe', 'en', () => text))).not.toEqual([]);
  });

  it.each(['Call 911 if ICE comes.', 'Ask a lawyer.', 'Your status does not matter.'])(
    'advice to somebody who fears the authorities: %s',
    (sentence) => {
      for (const id of ['immigration', 'immigration_by', 'immigration_office'] as const)
        expect(checkReplies(changed(id, 'en', (text) => `${text} ${sentence}`))).not.toEqual([]);
    },
  );

  it.each(REPLY_IDS)('a name in %s', (id) => {
    const allowed = /^(?:moderate|not_going)(?:_by|_office)?$/.test(id);
    expect(checkReplies(changed(id, 'en', (text) => `${text} {name}`)).length === 0).toBe(allowed);
  });

  it.each(['abuse', 'abuse_again', 'abuse_not_safe', 'nobody_yet_quiet'] as const)('a hotline in %s', (id) => {
    for (const number of ['988', '1-800', 'text START to 88788']) {
      expect(checkReplies(changed(id, 'en', (text) => `${text} Any time: ${number}.`)), number).not.toEqual([]);
    }
  });
});

describe('a file that is not complete', () => {
  const copy = () => JSON.parse(JSON.stringify(source)) as Record<string, Record<string, unknown>>;
  const LATER = ['nobody_yet', 'nobody_yet_quiet', 'abuse_safe', 'abuse_not_safe', ...TIMED] as const;
  it.each(REPLY_IDS.filter((id) => !LATER.some((later) => later === id)))('lacks %s', (id) => {
    const file = copy();
    delete file[id];
    expect(parseReplies(file)).toMatchObject({ ok: false, problems: [{ path: [id] }] });
  });

  it.each(LATER)('one of before lacks %s, and goes on with the wording that is delivered', (id) => {
    const file = copy();
    delete file[id];
    const read = parseReplies(file);
    expect(read.ok && read.replies[id]).toEqual(replies[id]);
  });

  it.each(['en', 'es'] as const)('lacks %s somewhere', (language) => {
    const file = copy();
    delete file['high']?.[language];
    expect(parseReplies(file)).toMatchObject({ ok: false, problems: [{ path: ['high', language] }] });
  });

  it.each([
    ['an empty text', { crisis: { en: '   ', es: 'x' } }],
    ['a text above 480 characters', { crisis: { en: 'x'.repeat(481), es: 'x' } }],
    ['a reply that does not exist', { crisys: { en: 'x', es: 'x' } }],
    ['a number for a text', { crisis: { en: 988, es: 'x' } }],
  ])('holds %s', (_, change) => expect(parseReplies({ ...copy(), ...change }).ok).toBe(false));

  it.each([null, undefined, 'text', 7, []])('%j is no file', (data) => expect(parseReplies(data).ok).toBe(false));

  it('a broken lock stops it', () => {
    const file = { ...copy(), crisis: { en: 'We heard you.', es: 'Te oímos.' } };
    expect(parseReplies(file)).toMatchObject({ ok: false });
  });
});

describe('which reply is sent', () => {
  const facts = (change: Partial<ReplyFacts> = {}): ReplyFacts => ({
    tier: 'crisis',
    kind: 'self',
    language: 'en',
    alreadySentThisEpisode: false,
    mentor: null,
    ...change,
  });

  it.each([
    ['crisis', 'self', 'crisis'],
    ['crisis', null, 'crisis'],
    ['crisis', 'someone_else', 'crisis_someone_else'],
    ['crisis', 'abuse', 'abuse'],
    ['crisis', 'threat_to_others', 'threat_to_others'],
    ['crisis', 'immigration', 'crisis'],
    ['crisis', 'not_going', 'crisis'],
    ['high', 'self', 'high'],
    ['high', null, 'high'],
    ['high', 'someone_else', 'high'],
    ['high', 'abuse', 'abuse'],
    ['high', 'immigration', 'immigration'],
    ['high', 'not_going', 'high'],
    ['moderate', 'self', 'moderate'],
    ['moderate', 'not_going', 'not_going'],
    ['moderate', 'abuse', 'abuse'],
    ['moderate', 'immigration', 'immigration'],
  ] as const)('first in an episode, %s of %s: %s', (tier, kind, id) => {
    expect(chooseReply(facts({ tier, kind }))).toBe(id);
  });

  it.each([
    ['crisis', 'self', true, 'still_here'],
    ['crisis', 'abuse', true, 'abuse_again'],
    ['crisis', 'self', 'crisis', 'still_here'],
    ['crisis', 'self', 'high', 'crisis'],
    ['crisis', 'self', 'moderate', 'crisis'],
    ['crisis', 'abuse', 'high', 'abuse'],
    ['high', 'self', 'crisis', 'still_here'],
    ['high', 'abuse', 'high', 'abuse_again'],
    ['high', 'immigration', 'high', 'immigration'],
    ['high', 'immigration', 'crisis', 'still_here'],
    ['high', 'self', 'none', 'high'],
    ['moderate', 'self', 'none', 'moderate'],
  ] as const)('%s of %s when %s was answered before: %s', (tier, kind, alreadySentThisEpisode, id) => {
    expect(chooseReply(facts({ tier, kind, alreadySentThisEpisode }))).toBe(id);
  });

  it('says it in the language of the mentee', () => {
    expect(pickReply(replies, facts({ language: 'es' }))).toBe(replies.crisis.es);
  });

  it.each([
    ['en', 'Maya', "I've passed it to Maya, who"],
    ['es', 'Maya', 'Se lo pasé a Maya, que'],
    ['en', null, "I've passed it to a real person on our team, who"],
    ['es', null, 'Se lo pasé a una persona real de nuestro equipo, que'],
    ['en', "$& $1 $$ O'Hara", "I've passed it to $& $1 $$ O'Hara, who"],
  ] as const)('in %s to %s', (language, mentor, part) => {
    const text = pickReply(replies, facts({ tier: 'moderate', language, mentor }));
    expect(text).toContain(part);
    expect(text).not.toContain('{');
  });
});

describe('a time of the on-call calendar', () => {
  const facts = (change: Partial<ReplyFacts>): ReplyFacts => ({
    tier: 'high',
    kind: 'self',
    language: 'en',
    alreadySentThisEpisode: false,
    mentor: 'Dani',
    ...change,
  });
  const by = { kind: 'by', words: '2:30 pm' } as const;
  const office = { kind: 'office', words: 'on Monday at 9:00 am' } as const;

  it.each([
    ['high', 'self', by, /they'll reach you by 2:30 pm\./],
    ['high', 'self', office, /when our office opens on Monday at 9:00 am\..*988/],
    ['high', 'immigration', by, /who will reach you by 2:30 pm\./],
    ['high', 'immigration', office, /when our office opens on Monday at 9:00 am\..*988/],
    ['moderate', 'self', by, /to Dani, and somebody will get back to you by 2:30 pm\..*988/],
    ['moderate', 'self', office, /when our office opens on Monday at 9:00 am\..*988/],
    ['moderate', 'not_going', by, /to Dani, and somebody will get back to you by 2:30 pm\./],
    ['moderate', 'not_going', office, /when our office opens on Monday at 9:00 am\./],
  ] as const)('%s of %s', (tier, kind, answerBy, wanted) => {
    const text = pickReply(replies, facts({ tier, kind, answerBy }));
    expect(text).toMatch(wanted);
    expect(text).not.toContain('{');
  });

  it('a crisis names none: nobody is to wait for us', () => {
    for (const kind of ['self', 'someone_else', 'abuse', 'threat_to_others'] as const)
      expect(pickReply(replies, facts({ tier: 'crisis', kind, answerBy: by }))).not.toContain('2:30');
  });

  it('without a calendar no reply names one', () => {
    for (const tier of ['crisis', 'high', 'moderate'] as const)
      for (const answerBy of [null, undefined])
        expect(pickReply(replies, facts({ tier, ...(answerBy === null ? { answerBy } : {}) }))).not.toMatch(
          /\d\d? ?[ap]m|office opens/,
        );
  });

  it('in Spanish', () => {
    const spanish = { kind: 'by', words: 'a las 2:30 pm' } as const;
    expect(pickReply(replies, facts({ language: 'es', answerBy: spanish }))).toContain('a más tardar a las 2:30 pm.');
  });
});

describe('which text says that nobody was reached yet', () => {
  const en = (id: ReplyId) => replies[id].en;
  it.each([
    ['the hotline, when every reply named it', ['crisis', 'still_here'], 'nobody_yet'],
    ['no hotline once a reply kept it to itself', ['crisis', 'abuse'], 'nobody_yet_quiet'],
    ['no hotline to a phone that somebody else may hold', ['abuse', 'abuse_again'], 'nobody_yet_quiet'],
    ['nothing to an immigration worry', ['immigration'], null],
    ['nothing to somebody who was told nothing', [], null],
  ] as const)('%s', (_, said, wanted) => expect(chooseNobodyYet(said.map(en))).toBe(wanted));
});
