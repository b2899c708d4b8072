// Reads the form body of a webhook: bounded, and with repeated fields kept as lists, as the signature needs them.

import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';

/** Twilio's own forms stay under 20 KB; more than this is not Twilio. */
export const FORM_LIMIT_BYTES = 256 * 1024;
/** More fields than this are cut, which breaks the signature: such a request is refused. */
const FIELD_LIMIT = 1_000;

export type Form = Readonly<Record<string, string | string[] | undefined>>;

export type FormRead =
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'too_large' }
  /** The sender went away in the middle. */
  | { readonly kind: 'broken' };

/** Collects the body. Stops reading at the limit. Calls back once. */
export function readForm(request: IncomingMessage, done: (read: FormRead) => void): void {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > FORM_LIMIT_BYTES) {
    done({ kind: 'too_large' });
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  let over = false;
  const finish = (read: FormRead) => {
    if (over) return;
    over = true;
    done(read);
  };
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > FORM_LIMIT_BYTES) finish({ kind: 'too_large' });
    else chunks.push(chunk);
  });
  request.on('end', () => {
    const text = (chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)).toString('utf8');
    finish({ kind: 'form', form: parse(text, undefined, undefined, { maxKeys: FIELD_LIMIT }) });
  });
  request.on('error', () => finish({ kind: 'broken' }));
  request.on('aborted', () => finish({ kind: 'broken' }));
}

/** One field as a text: the first of a repeated one (TW-07), blanks kept (TW-05); null when absent. */
export function field(form: Form, name: string): string | null {
  const value = form[name];
  if (Array.isArray(value)) return value[0] ?? null;
  return value ?? null;
}
