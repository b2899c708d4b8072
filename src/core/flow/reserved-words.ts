// Words that carriers, Twilio or our own consent rules act on before any flow sees them (CA-12). A flow that offers one
// as an answer would lose the mentee who sends it. `YES` is fine in a yes/no question, where it is only an answer.

/** Reserved words, upper case without accents; grouped by what they do. */
const RESERVED_WORDS: ReadonlySet<string> = new Set([
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'OPT OUT'],
  ...['START', 'YES', 'UNSTOP', 'OPTIN', 'OPT IN'],
  ...['HELP', 'INFO'],
  ...['ALTO', 'PARAR', 'PARE', 'BAJA', 'CANCELAR', 'SALIR', 'DETENER'],
  ...['INICIAR', 'COMENZAR', 'EMPEZAR', 'AYUDA'],
]);

/** The reserved word that these written words are, or null. Case, accents and punctuation do not matter. */
export function reservedWordIn(written: string): string | null {
  const bare = written
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toUpperCase();
  return RESERVED_WORDS.has(bare) ? bare : null;
}
