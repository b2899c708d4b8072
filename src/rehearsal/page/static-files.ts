// The files of the page, read once from this folder: no build, no framework, nothing from elsewhere.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reply } from '../wire/exchange.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const FILES = ['index.html', 'page.css', 'page.js', 'icon.svg'];

/** The page's files by path: those above, and every script that stands beside them. */
export function readStaticFiles(): ReadonlyMap<string, Reply> {
  const scripts = readdirSync(import.meta.dirname).filter((name) => extensionOf(name) === 'js');
  const names = [...new Set([...FILES, ...scripts])];
  return new Map(names.map((name): [string, Reply] => [name === 'index.html' ? '/' : `/${name}`, readFile(name)]));
}

function extensionOf(name: string): string {
  return name.split('.').at(-1) ?? '';
}

function readFile(name: string): Reply {
  return {
    kind: 'reply',
    status: 200,
    headers: {
      'content-type': TYPES[extensionOf(name)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
      'content-security-policy': "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    },
    body: readFileSync(join(import.meta.dirname, name), 'utf8'),
  };
}
