// Names of days and months, in English and Spanish, and the words that may stand around a date. Data only.

/** Names of weekdays; Monday is 1. */
export const WEEKDAYS: Readonly<Record<string, number>> = {
  ...{ monday: 1, mon: 1, tuesday: 2, tues: 2, tue: 2, wednesday: 3, weds: 3, wed: 3, thursday: 4, thurs: 4 },
  ...{ thur: 4, thu: 4, friday: 5, fri: 5, saturday: 6, sat: 6, sunday: 7, sun: 7 },
  ...{ lunes: 1, martes: 2, miercoles: 3, jueves: 4, viernes: 5, sabado: 6, domingo: 7 },
};

/** Names of months; January is 1. */
export const MONTHS: Readonly<Record<string, number>> = {
  ...{ january: 1, jan: 1, february: 2, feb: 2, march: 3, mar: 3, april: 4, apr: 4, may: 5, june: 6, jun: 6 },
  ...{ july: 7, jul: 7, august: 8, aug: 8, september: 9, sept: 9, sep: 9, october: 10, oct: 10, november: 11 },
  ...{ nov: 11, december: 12, dec: 12 },
  ...{ enero: 1, febrero: 2, marzo: 3, abril: 4, mayo: 5, junio: 6, julio: 7, agosto: 8, septiembre: 9 },
  ...{ setiembre: 9, octubre: 10, noviembre: 11, diciembre: 12, ago: 8, dic: 12, ene: 1, abr: 4 },
};

/** Small numbers in "in two weeks". */
export const COUNTS: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, ten: 10 },
  ...{ un: 1, una: 1, dos: 2, tres: 3, cuatro: 4, cinco: 5, seis: 6, siete: 7, diez: 10 },
};

/** Words that may stand around a date and change nothing. */
export const AROUND_DATE: ReadonlySet<string> = new Set([
  ...['i', 'im', 'ill', 'id', 'can', 'could', 'will', 'do', 'it', 'its', 'get', 'done', 'finish', 'have', 'that', 'this'],
  ...['on', 'by', 'for', 'the', 'at', 'in', 'ask', 'me', 'remind', 'again', 'text', 'maybe', 'probably', 'prob', 'like'],
  ...['ok', 'okay', 'hi', 'hey', 'yes', 'yeah', 'sure', 'please', 'pls', 'thanks', 'thx', 'lol', 'um', 'well', 'so'],
  ...['morning', 'afternoon', 'evening', 'night', 'after', 'work', 'school', 'later', 'then', 'gonna', 'going', 'to', 'be'],
  ...['and', 'th', 'good', 'works', 'best', 'how', 'about', 'lets', 'say', 'let', 'us', 'day', 'around', 'is', ':smile'],
  ...['el', 'la', 'lo', 'los', 'de', 'del', 'en', 'para', 'por', 'hago', 'hare', 'voy', 'a', 'hacer', 'hacerlo', 'puedo'],
  ...['quiza', 'tal', 'vez', 'creo', 'que', 'mejor', 'si', 'claro', 'hola', 'gracias', 'tarde', 'noche', 'manana'],
  ...['preguntame', 'recuerdame', 'porfa', 'favor', 'pues', 'bueno', 'dia', 'como', 'despues', 'trabajo', 'escuela'],
]);
