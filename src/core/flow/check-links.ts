// Links in texts and tasks: carriers block public link shorteners (CA-08), and a link without https is not safe or is not
// shown as one. Whether a link leads anywhere is not looked at.

import type { Path, Problem } from './problem.ts';

/** Public link shorteners. One that is a program's own is on a domain of its own, and so never here. */
const SHORTENERS: ReadonlySet<string> = new Set([
  ...['bit.ly', 'bitly.com', 'bit.do', 'j.mp', 'tinyurl.com', 'tiny.cc', 'tiny.one', 'goo.gl', 't.co', 't.ly'],
  ...['ow.ly', 'is.gd', 'v.gd', 'buff.ly', 'rebrand.ly', 'rb.gy', 'lnkd.in', 'cutt.ly', 'shorturl.at', 'shorte.st'],
  ...['bl.ink', 'snip.ly', 'short.io', 'short.gy', 'qr.ae', 'qrco.de', 'adf.ly', 'soo.gd', 's.id'],
  ...['trib.al', 'dlvr.it', 'mcaf.ee', 'yourls.org', 'clck.ru', 'u.to', 'x.co', 'fb.me', 'amzn.to', 'urlz.fr'],
]);

/** A link in a sentence: with its scheme, or a bare address as phones know them. An e-mail address is none. */
const LINK =
  /\bhttps?:\/\/[^\s"'<>{}]+|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:edu|gov|org|com|net|us|info|io|ly|me|co|cc|gl|gd|gy|at|in|link|app|one|do|mp|to|ee|id|be)\b(?:\/[^\s"'<>{}]*)?/gi;

/** What is wrong with the links of a text that stands at `path`. */
export function checkLinks(text: string, path: Path): Problem[] {
  return linksIn(text).flatMap((link) => checkLink(link, path));
}

/** The text without its links, which nobody reads aloud. */
export function withoutLinks(text: string): string {
  return text.replace(LINK, ' ');
}

function linksIn(text: string): string[] {
  return [...new Set([...text.matchAll(LINK)].map(([link]) => link.replace(/[.,;:!?)\]]+$/, '')))];
}

function checkLink(link: string, path: Path): Problem[] {
  const [, scheme = '', host = ''] = /^(https?:\/\/)?(?:www\.)?([^/:?#]+)/i.exec(link) ?? [];
  if (SHORTENERS.has(host.toLowerCase())) {
    const message = `"${host}" is a link shortener, and carriers block texts with one (CA-08)`;
    return [{ path, message, hint: 'Write the whole address that it leads to.' }];
  }
  if (scheme.toLowerCase() === 'http://') {
    return [{ path, message: `the link "${link}" is not safe`, hint: 'Begin it with https://.' }];
  }
  if (scheme !== '') return [];
  const message = `"${link}" does not begin with https://, and not every phone shows it as a link`;
  return [{ path, message, hint: `Write https://${link}.`, severity: 'warning' }];
}
