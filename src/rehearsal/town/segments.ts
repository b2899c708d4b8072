// How many billing parts a text makes. Most texts of the house are plain GSM-7, which is counted by length alone; for all
// others the calculator that knows every rule is asked, which takes a hundred times as long.

import segments from 'sms-segments-calculator';

/** Letters of GSM-7 that take one place each. */
const PLAIN = /^[A-Za-z0-9 \n\r@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/u;
const ONE = 160;
const EACH = 153;

export function countSegments(text: string): number {
  if (!PLAIN.test(text)) return new segments.SegmentedMessage(text).segmentsCount;
  return text.length <= ONE ? 1 : Math.ceil(text.length / EACH);
}
