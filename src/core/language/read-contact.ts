// A phone number or an email address out of a reply. Two different ones, or one that is taken back: nothing is read.

import { parsePhone } from './phone.ts';
import { toPlain } from './plain-reply.ts';

/** What was read, and whether it is certain; what is not is asked back. */
export interface ContactReading {
  readonly band: 'accept' | 'confirm';
  readonly value: string;
}

const NUMBERS = /\+?\(?\d[\d\s().\-–/]{5,22}\d/g;
const NOT_THIS =
  /\b(?:not|no longer|dont use|do not use|isnt|wrong|old number|old one|used to be|el viejo|instead of|ya no|no es|anymore|never|changed from)\b/;
const DOUBT = /\?|\b(?:i think|maybe|not sure|creo|no se|probably|idk)\b/;
const OTHERS =
  /\b(?:mom|moms|dad|dads|mama|papa|mother|father|parents|sister|brother|work|house|casa|trabajo|friend|her|his)\b/;

/** The number in E.164 form, or null. Ten digits are of the United States. */
export function readPhone(text: string): ContactReading | null {
  const plain = text.normalize('NFKC').replace(/\bext\.?\s*\d+|\bx\d+/gi, ' ext ');
  const found = (plain.match(NUMBERS) ?? []).flatMap((raw) => {
    const parsed = parsePhone(raw.replace(/[–/]/g, '-').trim());
    return parsed.ok ? [parsed.phone] : [];
  });
  const [only] = new Set(found);
  if (only === undefined || new Set(found).size > 1 || plain.includes(' ext ')) return null;
  const said = toPlain(text);
  if (NOT_THIS.test(said)) return null;
  const others = said.replace(NUMBERS, ' ');
  const isLoose = DOUBT.test(said) || OTHERS.test(others) || /\d{3,}/.test(others);
  return { band: isLoose ? 'confirm' : 'accept', value: only };
}

const EMAIL =
  /[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9-]{1,63}){0,4}/g;
/** Domains of free mail as thumbs miss them. */
const MEANT: Readonly<Record<string, string>> = {
  ...{ 'gmial.com': 'gmail.com', 'gmai.com': 'gmail.com', 'gmal.com': 'gmail.com', 'gamil.com': 'gmail.com' },
  ...{
    'gnail.com': 'gmail.com',
    'gmail.con': 'gmail.com',
    'gmail.cm': 'gmail.com',
    'gmail.co': 'gmail.com',
    gmail: 'gmail.com',
  },
  ...{
    'gmaill.com': 'gmail.com',
    'gmil.com': 'gmail.com',
    'gmail.comm': 'gmail.com',
    'gmail.om': 'gmail.com',
    'gmaii.com': 'gmail.com',
  },
  ...{
    'yaho.com': 'yahoo.com',
    'yahoo.con': 'yahoo.com',
    yahoo: 'yahoo.com',
    'yhaoo.com': 'yahoo.com',
    'yahooo.com': 'yahoo.com',
  },
  ...{
    'hotmal.com': 'hotmail.com',
    'hotmial.com': 'hotmail.com',
    'hotmail.con': 'hotmail.com',
    hotmail: 'hotmail.com',
  },
  ...{ 'hotmai.com': 'hotmail.com', 'outlok.com': 'outlook.com', 'outlook.con': 'outlook.com', outlook: 'outlook.com' },
  ...{ 'iclod.com': 'icloud.com', 'icloud.con': 'icloud.com', icloud: 'icloud.com', 'icoud.com': 'icloud.com' },
};

/** The address in small letters, or null. Spoken or mistyped ones are asked back as they were probably meant. */
export function readEmail(text: string): ContactReading | null {
  const plain = toPlain(text).replace(/mailto:/g, ' ');
  const asTyped = addressesIn(plain);
  const mended = asTyped.length > 0 ? asTyped : addressesIn(spoken(plain));
  const [only] = new Set(mended);
  if (only === undefined || new Set(mended).size > 1 || NOT_THIS.test(plain.replaceAll(only, ' '))) return null;
  const [name = '', domain = ''] = only.split('@');
  const meant = MEANT[domain] ?? domain;
  if (!/\.[a-z]{2,}$/.test(meant)) return null;
  const isCertain =
    asTyped.length > 0 && meant === domain && !DOUBT.test(plain) && !OTHERS.test(plain.replaceAll(only, ' '));
  return { band: isCertain ? 'accept' : 'confirm', value: `${name}@${meant}` };
}

function addressesIn(plain: string): readonly string[] {
  return (plain.match(EMAIL) ?? [])
    .map((address) => address.replace(/[.-]+$/, ''))
    .filter((address) => {
      const domain = address.split('@')[1] ?? '';
      return domain.includes('.') || MEANT[domain] !== undefined;
    });
}

/** "maya at gmail dot com", "maya @ gmail . com", "maya@gmail,com". */
function spoken(plain: string): string {
  return plain
    .replace(/\s*(?:\(at\)|\[at\]|\barroba\b|\s@|@\s)\s*/g, '@')
    .replace(/\b([a-z0-9._]+) at (?=(?:gmail|yahoo|hotmail|outlook|icloud|[a-z0-9]+ dot )\b)/g, '$1@')
    .replace(/\s*(?:\bdot\b|\bpunto\b)\s*/g, '.')
    .replace(/\s+\.\s*(?=[a-z]{2,4}\b)|,(?=(?:com|edu|net|org|con)\b)/g, '.')
    .replace(/(@[a-z]+) (?=(?:com|edu|net|org)\b)/g, '$1.');
}
