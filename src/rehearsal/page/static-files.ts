// The files of the page, read once from this folder: no build, no framework, nothing from elsewhere.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply } from '../wire/exchange.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const FILES = [
  'index.html',
  'page.css',
  'page.js',
  'phones.js',
  'slack.js',
  'blocks.js',
  'mrkdwn.js',
  'guide.js',
  'dom.js',
  'icon.svg',
];

/** The page's files by path. */
export function readStaticFiles(): ReadonlyMap<string, Reply> {
  const files = FILES.map((name): [string, Reply] => [name === 'index.html' ? '/' : `/${name}`, readFile(name)]);
  return new Map(files);
}

function readFile(name: string): Reply {
  return {
    kind: 'reply',
    status: 200,
    headers: {
      'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    },
    body: readFileSync(join(import.meta.dirname, name), 'utf8'),
  };
}
