// Builds the requests that Twilio makes to the house, without sending them: a test may send one, twice, later, or
// mangled.

import type { HouseAddress, HouseRequest } from '../wire/exchange.ts';
import { signTwilio } from './signature.ts';

/**
 * A form POST, signed for `publicUrl` and addressed to where the house really listens. `headers` come on top and may
 * replace any, the signature too.
 */
export function buildTwilioRequest(
  house: HouseAddress,
  authToken: string,
  publicUrl: string,
  form: URLSearchParams,
  headers: Readonly<Record<string, string>> = {},
): HouseRequest {
  return {
    url: toHouseUrl(house, publicUrl),
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'TwilioProxy/1.1',
      'x-twilio-signature': signTwilio(authToken, publicUrl, form),
      ...headers,
    },
    body: form.toString(),
  };
}

/** Where a public URL of the house is really served. Other URLs stay as they are. */
function toHouseUrl(house: HouseAddress, publicUrl: string): string {
  const base = trimSlash(house.publicBaseUrl);
  return publicUrl.startsWith(`${base}/`) ? trimSlash(house.baseUrl) + publicUrl.slice(base.length) : publicUrl;
}

/** Whether an address is the house's. A rehearsal calls nobody else, whatever a StatusCallback says. */
export function isHouseUrl(house: HouseAddress, url: string): boolean {
  return [house.publicBaseUrl, house.baseUrl].some((base) => url.startsWith(`${trimSlash(base)}/`));
}

/** The public address of one of the house's paths (`/twilio/inbound`). */
export function toPublicUrl(house: HouseAddress, path: string): string {
  return trimSlash(house.publicBaseUrl) + path;
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
