// Slack's request signature, from its documented rule: HMAC-SHA256, keyed with the signing secret, over version,
// timestamp and raw body.

import { createHmac } from 'node:crypto';
import type { HouseRequest } from '../wire/exchange.ts';

/** What Slack says about a delivery that it makes again. */
export interface SlackRetry {
  readonly number: number;
  readonly reason: 'http_timeout' | 'http_error' | 'connection_failed' | 'too_many_redirects' | 'unknown_error';
}

/** The value of `X-Slack-Signature`. `timestamp` is in seconds of real time. */
function signSlack(signingSecret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** A signed request, unsent. `realNow` in milliseconds becomes the timestamp, so an old one can be made on purpose. */
export function buildSlackRequest(
  url: string,
  signingSecret: string,
  realNow: number,
  content: { readonly type: 'json' | 'form'; readonly body: string },
  retry?: SlackRetry,
): HouseRequest {
  const timestamp = Math.floor(realNow / 1000);
  return {
    url,
    headers: {
      'content-type': content.type === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signSlack(signingSecret, timestamp, content.body),
      ...(retry === undefined
        ? {}
        : { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }),
    },
    body: content.body,
  };
}
