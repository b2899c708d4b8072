// Phone numbers as people write them, to E.164 and back to something that may be shown. Never a vendor, never a look-up.

import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { asPhone, type Phone } from '../model/ids.ts';

/** A number in E.164 form, or in words what is wrong with it and what would be right. */
export type PhoneResult =
  | { readonly ok: true; readonly phone: Phone }
  | { readonly ok: false; readonly reason: string };

const HINT = 'write ten digits, or + and the country code';
const TEXT_LIMIT = 40;

/** Reads a number; without a country code it is one of the United States. Extensions are refused: they cannot be texted. */
export function parsePhone(raw: string): PhoneResult {
  const text = raw.trim();
  if (text === '') return { ok: false, reason: `there is no phone number; ${HINT}` };
  if (text.length > TEXT_LIMIT) return { ok: false, reason: `this is too long for a phone number; ${HINT}` };
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'US', extract: false });
  if (number === undefined) return { ok: false, reason: `"${text}" is not a phone number; ${HINT}` };
  if (number.ext !== undefined) return { ok: false, reason: `"${text}" has an extension, which cannot be texted` };
  if (!number.isPossible()) return { ok: false, reason: `"${text}" has too many or too few digits; ${HINT}` };
  if (!isAssignable(number)) return { ok: false, reason: `"${text}" is not a number that exists; ${HINT}` };
  return { ok: true, phone: asPhone(number.number) };
}

/** Valid, or one of the 555-01xx numbers that are kept for examples and rehearsals. */
function isAssignable(number: { isValid(): boolean; readonly number: string }): boolean {
  return number.isValid() || /^\+1[2-9]\d{2}55501\d{2}$/.test(number.number);
}

/** A number with all but its last two digits hidden, for logs and lists ("•••23"). */
export function maskPhone(phone: Phone): string {
  return `•••${phone.slice(-2)}`;
}
