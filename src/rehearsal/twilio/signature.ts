// Twilio's request signature, from its documented rule: base64 of HMAC-SHA1, keyed with the auth token, over the public
// URL followed by every form parameter, sorted by name, name and value run together.

import { createHmac } from 'node:crypto';

/** The value of `X-Twilio-Signature` for a form POST to `publicUrl`. */
export function signTwilio(authToken: string, publicUrl: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].sort();
  const text = names
    .map((name) =>
      valuesOf(form, name)
        .map((value) => name + value)
        .join(''),
    )
    .join('');
  return createHmac('sha1', authToken)
    .update(publicUrl + text, 'utf8')
    .digest('base64');
}

// A parameter given twice with one value counts once; different values count in sorted order.
function valuesOf(form: URLSearchParams, name: string): readonly string[] {
  return [...new Set(form.getAll(name))].sort();
}
