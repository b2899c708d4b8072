// What the mentees of the town write, in both languages and as people type: the words of each kind of answer, with typos
// and without accents. Words only; replies.ts decides who says what and when.

import type { Language } from '../../core/model/people.ts';

/** What an answer to a question about a task may come to. */
export type Manner = 'done' | 'not_yet' | 'later' | 'stuck' | 'not_for_me' | 'talk' | 'yes' | 'no';

type Words = Readonly<Record<Language, readonly string[]>>;

export const ANSWERS: Readonly<Record<Manner, Words>> = {
  done: {
    en: [
      'DONE',
      'done',
      'Done!',
      'yep done',
      'i did it',
      'sent it in yesterday',
      'finished it',
      'dnoe',
      'all done :)',
      '👍',
    ],
    es: ['LISTO', 'listo', 'ya', 'ya lo hice', 'ya lo mande', 'hecho', 'lsto', 'ya quedo', 'Listo!!', '👍'],
  },
  not_yet: {
    en: ['not yet', 'NOT YET', 'nope not yet', 'still working on it', 'havent done it yet'],
    es: ['aun no', 'todavia no', 'AUN NO', 'no todavia', 'no lo he hecho'],
  },
  later: {
    en: ['later', 'LATER', 'can u ask me later', 'ltaer', 'remind me later'],
    es: ['luego', 'LUEGO', 'despues', 'mas tarde', 'al rato'],
  },
  stuck: {
    en: ['STUCK', 'stuck', "i'm stuck", 'stuck the portal wont let me in', 'i need help with this'],
    es: ['ATORADO', 'atorada', 'estoy atorado', 'no puedo entrar al portal', 'necesito ayuda con esto'],
  },
  not_for_me: {
    en: ['NOT FOR ME', 'not for me', 'doesnt apply to me', "i'm living at home so not for me"],
    es: ['NO ES PARA MI', 'no es para mi', 'no me toca', 'no aplica para mi'],
  },
  talk: {
    en: ['TALK', 'talk', 'can i talk to a person', 'can someone call me'],
    es: ['HABLAR', 'hablar', 'quiero hablar con una persona', 'me pueden llamar'],
  },
  yes: { en: ['yes', 'YES', 'yea', 'yup', 'yess'], es: ['si', 'SI', 'sí', 'sip', 'claro'] },
  no: { en: ['no', 'NO', 'nope', 'nah'], es: ['no', 'NO', 'nop'] },
};

/** Days as people name them; none is more than two weeks off. */
export const DAYS: Words = {
  en: ['tomorrow', 'friday', 'FRIDAY', 'next monday', 'in 3 days', 'tmrw', 'on wednesday', 'in a week'],
  es: ['mañana', 'manana', 'el viernes', 'viernes', 'el lunes', 'en 3 dias', 'pasado mañana', 'el proximo martes'],
};

/** What nobody can read as an answer. */
export const UNCLEAR: Words = {
  en: ['hmm', 'idk', 'k', 'who is this', 'lol', 'wait what', 'asdfgh'],
  es: ['mmm', 'no se', 'ok', 'quien es', 'jaja', 'como', 'asdfgh'],
};

/** The second half of a two-in-one, or a text of its own. */
export const QUESTIONS: Words = {
  en: [
    'also when is orientation?',
    'btw where do i send my vaccine records?',
    'quick q how much is parking?',
    'do i need to buy a laptop?',
    'is there a bus to campus?',
  ],
  es: [
    'oye y cuando es la orientacion?',
    'por cierto donde mando mis vacunas?',
    'cuanto cuesta el estacionamiento?',
    'necesito comprar una laptop?',
    'hay un camion al campus?',
  ],
};

/** Said to a mentor or to nobody: nothing has to be done about it. */
export const SMALL_TALK: Words = {
  en: ['thank you!', 'thanks so much', 'ok cool', 'my cousin goes there too', 'just got off work'],
  es: ['gracias!', 'muchas gracias', 'va', 'mi prima tambien va ahi', 'apenas sali del trabajo'],
};

export const OPT_OUT: Words = {
  en: ['STOP', 'stop', 'Stop', 'stop texting me', 'unsubscribe'],
  es: ['STOP', 'stop', 'BAJA', 'ya no me manden mensajes', 'no mas mensajes'],
};
export const OPT_IN: Words = { en: ['START'], es: ['START'] };

export const NEW_NUMBER: Words = {
  en: ['hey its {name} i got a new number', 'hi this is {name}, this is my new phone number'],
  es: ['hola soy {name} cambie de numero', 'hola, soy {name}, este es mi numero nuevo'],
};

/** Danger now, and something that cannot wait for long. */
export const DISTRESS: Words = {
  en: [
    'i dont want to be alive anymore',
    'i want to kill myself',
    'we got evicted and i have nowhere to sleep tonight',
  ],
  es: ['ya no quiero vivir', 'me quiero morir', 'nos corrieron de la casa y no tengo donde dormir hoy'],
};

/** To a person who writes after that. */
export const TO_A_PERSON: Words = {
  en: ['thank you for writing', 'ok', 'yeah im with my sister now', 'i feel a bit better'],
  es: ['gracias por escribir', 'esta bien', 'si estoy con mi hermana', 'me siento un poco mejor'],
};
