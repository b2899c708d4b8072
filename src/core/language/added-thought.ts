// Kinds of second halves that are told by their words: a request, a slip on a form, a delay, mere thanks. What they do to
// an answer is read-family's and read-value's to say.

import { toPlain } from './plain-reply.ts';
import { CONNECTIVES } from './second-half.ts';

/** Whether a second half asks for something to be sent, wherever in it: "i lost the link can u send it". */
export function asksFor(rest: string): boolean {
  return /\b(?:can|could|will|would) (?:u|you|someone|ya) (?:please |pls |plz |just )?(?:re ?send|send|text|give|drop|share)\b|\b(?:re ?send|send) (?:me |it |the link )|\bme (?:lo |la )?(?:puedes?|pueden|podrias?|podrian) (?:mandar|re ?enviar|enviar|pasar|dar)|\bme (?:lo |la )?(?:mandas?|mandan|pasas?|pasan)\b|\b(?:mandame|mandeme|pasame|paseme|reenviame|mandenme)/.test(
    toPlain(rest),
  );
}

/** Whether a second half tells of a slip in what was handed in: "but i think i put the wrong bday". */
export function isOwnSlip(rest: string): boolean {
  return /\b(?:i (?:think i )?(?:may have |might have |mightve |mightof |accidentally |prob |probably )*(?:put|used|spelled|spelt|typed|wrote|entered|picked|chose|clicked|uploaded|sent|signed|did|forgot|left|messed|skipped|misspelled)|(?:it was|its|thats|that was) the (?:wrong|old)|(?:creo que )?(?:puse|use|escribi|elegi|subi|mande|firme|me equivoque|se me olvido|olvide))\b/.test(
    toPlain(rest),
  );
}

/** Whether a second half puts a yes off: "si, pero hasta el lunes". */
export function putsOff(rest: string): boolean {
  return /^(?:hasta|until|til+|not (?:until|til+|now|today|yet|right now)|no (?:hasta|ahorita|ahora|hoy)|later|luego|despues|mas tarde|al rato|manana|tomorrow|next (?:week|month)|la (?:otra|proxima) semana|(?:el|on|this) (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend))\b.{0,24}$/.test(
    toPlain(rest).replace(CONNECTIVES, ''),
  );
}

/** Thanks and blessings that nobody must read. */
export function isCourteous(rest: string): boolean {
  return /^(?:(?:and|y|but|pero) )?(?:thanks|thank (?:you|u)|thx|ty|tysm|gracias|bless|god bless|appreciate|sorry|perdon)\b[^?]{0,32}$/.test(
    toPlain(rest),
  );
}
