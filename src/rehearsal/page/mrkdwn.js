// Slack's own text markup, drawn as elements: mrkdwn strings and rich_text trees. Nothing is ever parsed as HTML.

import { make } from './dom.js';

const EMOJI = {
  rotating_light: '🚨',
  warning: '⚠️',
  white_check_mark: '✅',
  hourglass_flowing_sand: '⏳',
  telephone_receiver: '📞',
  speech_balloon: '💬',
  bell: '🔔',
  eyes: '👀',
  wave: '👋',
  ice_cube: '🧊',
};

const MARKS = [
  { pattern: /```([\s\S]+?)```/, draw: (match) => make('pre', { textContent: unescapeText(match[1]) }) },
  { pattern: /`([^`\n]+)`/, draw: (match) => make('code', { textContent: unescapeText(match[1]) }) },
  { pattern: /<([^<>]+)>/, draw: (match, context) => drawAngle(match[1], context) },
  {
    pattern: /(?<![\w*])\*([^*\n]+)\*(?![\w*])/,
    draw: (match, context) => make('strong', {}, drawMrkdwn(match[1], context)),
  },
  { pattern: /(?<!\w)_([^_\n]+)_(?!\w)/, draw: (match, context) => make('em', {}, drawMrkdwn(match[1], context)) },
  { pattern: /(?<!\w)~([^~\n]+)~(?!\w)/, draw: (match, context) => make('s', {}, drawMrkdwn(match[1], context)) },
  { pattern: /^&gt; ?(.*)$/m, draw: (match, context) => make('blockquote', {}, drawMrkdwn(match[1], context)) },
];

/** Nodes for a mrkdwn string. */
export function drawMrkdwn(text, context) {
  let first = null;
  for (const mark of MARKS) {
    const match = mark.pattern.exec(text);
    if (match !== null && (first === null || match.index < first.match.index)) first = { mark, match };
  }
  if (first === null) return text === '' ? [] : [document.createTextNode(drawEmoji(unescapeText(text)))];
  const { mark, match } = first;
  return [
    ...drawMrkdwn(text.slice(0, match.index), context),
    mark.draw(match, context),
    ...drawMrkdwn(text.slice(match.index + match[0].length), context),
  ];
}

/** An element for one part of a rich_text block. */
export function drawRichText(element, context) {
  const children = () => (element.elements ?? []).map((child) => drawRichText(child, context));
  switch (element.type) {
    case 'rich_text_section':
      return make('div', {}, children());
    case 'rich_text_quote':
      return make('blockquote', {}, children());
    case 'rich_text_preformatted':
      return make('pre', {}, children());
    case 'rich_text_list':
      return make(
        element.style === 'ordered' ? 'ol' : 'ul',
        {},
        children().map((child) => make('li', {}, child)),
      );
    case 'text':
      return drawStyled(document.createTextNode(element.text ?? ''), element.style);
    case 'link':
      return drawLink(element.url ?? '', element.text ?? element.url ?? '');
    case 'emoji':
      return document.createTextNode(drawUnicode(element.unicode) ?? EMOJI[element.name] ?? `:${element.name}:`);
    case 'user':
      return make('span', { className: 'mention', textContent: `@${context.nameOf(element.user_id)}` });
    case 'broadcast':
      return make('span', { className: 'mention', textContent: `@${element.range}` });
    default:
      return document.createTextNode('');
  }
}

/** Slack writes an emoji as code points in hexadecimal, joined by hyphens. */
function drawUnicode(unicode) {
  if (typeof unicode !== 'string') return null;
  return String.fromCodePoint(...unicode.split('-').map((point) => Number.parseInt(point, 16)));
}

function drawStyled(node, style = {}) {
  const tags = { bold: 'strong', italic: 'em', strike: 's', code: 'code' };
  return Object.entries(tags).reduce((inner, [name, tag]) => (style[name] ? make(tag, {}, inner) : inner), node);
}

function drawAngle(inside, context) {
  const [target = '', label] = inside.split('|');
  if (target.startsWith('@'))
    return make('span', { className: 'mention', textContent: `@${context.nameOf(target.slice(1))}` });
  if (target.startsWith('!date')) return document.createTextNode(unescapeText(label ?? ''));
  if (target.startsWith('!')) return make('span', { className: 'mention', textContent: `@${target.slice(1)}` });
  if (target.startsWith('#'))
    return make('span', { className: 'mention', textContent: `#${label ?? target.slice(1)}` });
  return drawLink(unescapeText(target), unescapeText(label ?? target));
}

function drawLink(url, text) {
  if (!/^(https?|mailto|tel):/.test(url)) return document.createTextNode(text);
  return make('a', { href: url, textContent: text, target: '_blank', rel: 'noopener noreferrer' });
}

function drawEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
}

function unescapeText(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
