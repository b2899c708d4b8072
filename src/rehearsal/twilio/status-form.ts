// The form that Twilio posts to a message's StatusCallback address.

import type { DueCallback } from './lifecycle.ts';
import type { TwilioSettings } from './state.ts';

/** The parameters of one status callback. `ErrorCode` is there only when there is one. */
export function toStatusForm(settings: TwilioSettings, callback: DueCallback): URLSearchParams {
  const { message, status, errorCode } = callback;
  const form = new URLSearchParams({
    SmsSid: message.sid,
    SmsStatus: status,
    MessageStatus: status,
    To: message.to,
    MessageSid: message.sid,
    AccountSid: settings.accountSid,
    From: message.from,
    ApiVersion: '2010-04-01',
  });
  if (message.messagingServiceSid !== null) form.set('MessagingServiceSid', message.messagingServiceSid);
  if (errorCode !== null) form.set('ErrorCode', String(errorCode));
  return form;
}
