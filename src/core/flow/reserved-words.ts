// Words that carriers, Twilio or our own consent rules act on before any flow sees them (CA-12). A flow that offers one
// as an answer would lose the mentee who sends it. `YES` is fine in a yes/no question, where it is only an answer.

const OUT = ['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'OPT OUT'];
const OUT_ES = ['ALTO', 'PARAR', 'PARE', 'BAJA', 'CANCELAR', 'SALIR', 'DETENER', 'TERMINAR'];
const IN = ['START', 'YES', 'UNSTOP', 'OPTIN', 'OPT IN', 'INICIAR', 'COMENZAR', 'EMPEZAR'];
const ASK = ['HELP', 'INFO', 'AYUDA'];

/** Reserved words, upper case without accents. */
const RESERVED_WORDS: ReadonlySet<string> = new Set([...OUT, ...OUT_ES, ...IN, ...ASK]);

/** Those that take a mentee out of the question; a word that only opts in loses nobody who is in. */
const LOSING_WORDS: ReadonlySet<string> = new Set([...OUT, ...OUT_ES, ...ASK]);

/** Those that texts must be able to name, because law and carriers want them named (CA-02). */
const NAMED_BY_LAW: ReadonlySet<string> = new Set(['STOP', 'HELP', 'START', 'YES', 'AYUDA', 'ALTO']);

/** The reserved word that these written words are, or null. Case, accents and punctuation do not matter. */
export function reservedWordIn(written: string): string | null {
  const bare = bareWords(written);
  return RESERVED_WORDS.has(bare) ? bare : null;
}

/** What follows "reply" and its kin within a sentence: there texts name, in capitals, the answers that they expect. */
const EXPECTED = /\b(?:reply|text|send|answer|responde|contesta|escribe|manda|env[ií]a)\b[^.!?\n]*/giu;
const IN_CAPITALS = /(?<!\p{L})\p{Lu}{2,}(?!\p{L})/gu;

/** Reserved words that a text tells mentees to answer with, without those that the law wants named. */
export function expectedReservedWords(text: string): string[] {
  const named = [...text.matchAll(EXPECTED)].flatMap(([phrase]) => phrase.match(IN_CAPITALS) ?? []);
  return [...new Set(named.map(bareWords))].filter((word) => LOSING_WORDS.has(word) && !NAMED_BY_LAW.has(word));
}

function bareWords(written: string): string {
  return written
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toUpperCase();
}
