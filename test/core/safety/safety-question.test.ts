// A short answer means what the question makes of it: "yes" is a crisis after one, and relief after another.

import { describe, expect, it } from 'vitest';
import { hearSafetyAnswer, safetyQuestionIn } from '../../../src/core/safety/safety-question.ts';

describe('the question', () => {
  it.each([
    'Are you thinking about suicide?',
    'Hi Maya, I am here. Are you thinking of killing yourself?',
    'Do you want to hurt yourself?',
    'Have you thought about ending your life?',
    'Are you in danger right now?',
    'do you feel unsafe?',
    '¿Estás pensando en quitarte la vida?',
    '¿Quieres morir?',
    '¿Has pensado en hacerte daño?',
    '¿Corres peligro?',
    'Are you thinking about suicide? I am here for you.',
  ])('about danger: %s', (text) => expect(safetyQuestionIn(text)).toBe('danger'));

  it.each([
    'Are you safe?',
    'Hi, this is Renee. Are you safe right now?',
    'r u ok?',
    'do you feel safe tonight?',
    'are you safe',
    '¿Estás a salvo?',
    '¿Te sientes segura ahora?',
    '¿Estás bien?',
  ])('about safety: %s', (text) => expect(safetyQuestionIn(text)).toBe('safe'));

  it.each([
    "Got it. I'm alerting a counselor on our team now. Is it safe to text you? Reply Y or N. If you're in danger, call 911.",
    'Is it safe to text you?',
    'Is it ok to call you now?',
    'Can I text you here?',
    '¿Es seguro escribirte? Responde S o N.',
    '¿Puedo llamarte?',
  ])('about the phone: %s', (text) => expect(safetyQuestionIn(text)).toBe('texting'));

  it.each([
    'Is somebody with you?',
    'Did you send the housing form?',
    'Are you safe? Can I bring you the form tomorrow at ten?',
    'What happened?',
    'Thank you for telling me.',
    '',
  ])('about something else: %s', (text) => expect(safetyQuestionIn(text)).toBeNull());
});

describe('the answer', () => {
  it('after a question about danger the screen reads a yes as a crisis', () => {
    expect(hearSafetyAnswer('danger', 'yes')).toEqual({ afterSafetyQuestion: true, isNotSafe: false });
    expect(hearSafetyAnswer('danger', 'no')).toEqual({ afterSafetyQuestion: true, isNotSafe: false });
  });

  it.each([
    'no',
    'No.',
    'nope',
    'not really',
    'im not safe',
    'not anymore',
    'idk',
    "i don't know",
    'no sé',
    'tengo miedo',
  ])('after "are you safe?": %s', (text) =>
    expect(hearSafetyAnswer('safe', text)).toEqual({ afterSafetyQuestion: false, isNotSafe: true }),
  );

  it.each([
    'yes',
    'y',
    'yeah im ok',
    'i am safe',
    'sí',
    'estoy bien',
    'no worries im safe',
    'no im fine',
    'i guess',
    'ok',
    '',
  ])('and no crisis after it: %s', (text) =>
    expect(hearSafetyAnswer('safe', text)).toEqual({ afterSafetyQuestion: false, isNotSafe: false }),
  );

  it.each(['texting', null] as const)('after %s nothing follows from a yes or a no', (question) => {
    for (const text of ['y', 'yes', 'a little', 'n', 'no'])
      expect(hearSafetyAnswer(question, text)).toEqual({ afterSafetyQuestion: false, isNotSafe: false });
  });
});
