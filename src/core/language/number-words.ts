// Numbers as words, in English and Spanish, and the words that may stand around one. Data only.

/** Words with their value; tens and ones add up, `hundred` and `thousand` multiply what stands before them. */
export const NUMBER_WORDS: Readonly<Record<string, number>> = {
  ...{ zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17, eighteen: 18 },
  ...{ nineteen: 19, twenty: 20, thirty: 30, forty: 40, fourty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80 },
  ...{ ninety: 90 },
  ...{ cero: 0, uno: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, ocho: 8, nueve: 9, diez: 10 },
  ...{ once: 11, doce: 12, trece: 13, catorce: 14, quince: 15, dieciseis: 16, diecisiete: 17, dieciocho: 18 },
  ...{ diecinueve: 19, veinte: 20, veintiuno: 21, veintiun: 21, veintidos: 22, veintitres: 23, veinticuatro: 24 },
  ...{ veinticinco: 25, veintiseis: 26, veintisiete: 27, veintiocho: 28, veintinueve: 29, treinta: 30 },
  ...{ cuarenta: 40, cincuenta: 50, sesenta: 60, setenta: 70, ochenta: 80, noventa: 90, cien: 100, ciento: 100 },
  ...{ doscientos: 200, trescientos: 300, cuatrocientos: 400, quinientos: 500, seiscientos: 600, setecientos: 700 },
  ...{ ochocientos: 800, novecientos: 900 },
};

/** Words that multiply what stands before them. */
export const MULTIPLIERS: Readonly<Record<string, number>> = { hundred: 100, thousand: 1000, mil: 1000 };

/** Words that may stand around a number and change nothing. */
export const AROUND_NUMBER: ReadonlySet<string> = new Set([
  ...['i', 'im', 'its', 'it', 'is', 'about', 'around', 'like', 'roughly', 'abt', 'almost', 'exactly', 'just', 'only'],
  ...['think', 'have', 'got', 'owe', 'says', 'said', 'the', 'a', 'an', 'of', 'my', 'bill', 'total', 'balance', 'left'],
  ...[
    'over',
    'dollars',
    'dollar',
    'bucks',
    'usd',
    'units',
    'unit',
    'credits',
    'classes',
    'hours',
    'ish',
    'number',
    'for',
  ],
  ...['now', 'ok', 'hi', 'hey', 'thanks', 'lol', 'pls', 'please', 'maybe', 'probably', 'answer', 'years', 'old', 'in'],
  ...[
    'son',
    'es',
    'como',
    'unos',
    'unas',
    'casi',
    'mas',
    'o',
    'menos',
    'creo',
    'que',
    'tengo',
    'debo',
    'el',
    'la',
    'de',
  ],
  ...[
    'dolares',
    'pesos',
    'unidades',
    'creditos',
    'clases',
    'horas',
    'saldo',
    'cuenta',
    'hola',
    'gracias',
    'aproximadamente',
  ],
  ...['me', 'falta', 'faltan', 'quedan', 'queda', 'solo', 'anos', 'dice', 'by', 'at', ':smile', 'think', 'um', 'well'],
]);
