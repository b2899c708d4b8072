// Whether a text in Twilio's list is the one we sent: smart encoding and link shortening alter it on the way (TX-04).

const LINK = /\bhttps?:\/\/\S+/giu;
const PLAIN: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
};

function reduced(text: string): string {
  return text
    .normalize('NFKC')
    .replace(LINK, 'link')
    .replace(/[’‘“”–—…]/gu, (letter) => PLAIN[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim();
}

/** True when both say the same but for typographic letters, blanks and links. */
export function sameText(a: string, b: string): boolean {
  return reduced(a) === reduced(b);
}
