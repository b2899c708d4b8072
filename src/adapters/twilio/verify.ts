// Checks that a webhook was signed by Twilio with our auth token, over the address that Twilio was told.

import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import type { Form } from './form.ts';

export interface VerifySettings {
  /** The configured public address: request headers are never asked (platforms TW-03). */
  readonly publicBaseUrl: string;
  readonly authToken: string;
}

/** True when `signature` fits the raw path with its query and all received fields (TW-01, TW-04). */
export type Verify = (pathAndQuery: string, signature: string | undefined, form: Form) => boolean;

/** @throws when the token is empty: an empty key verifies a signature that anybody can make (TW-02). */
export function createVerify(settings: VerifySettings): Verify {
  if (settings.authToken === '') throw new Error('TWILIO_AUTH_TOKEN is empty: webhooks could not be verified');
  return (pathAndQuery, signature, form) => {
    if (signature === undefined || signature === '') return false;
    return validateRequest(settings.authToken, signature, settings.publicBaseUrl + pathAndQuery, form);
  };
}
