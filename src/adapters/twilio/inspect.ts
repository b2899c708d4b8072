// What `icehouse doctor` asks Twilio: is the account alive, and do its webhooks point at this house and beyond it.

import type { Twilio } from 'twilio';
import type { Finding } from '../../app/ports/finding.ts';
import { codeOfFailure } from './failure.ts';
import { type Ask, type FallbackSettings, inspectFallback } from './inspect-fallback.ts';

export interface InspectSettings extends FallbackSettings {
  readonly messagingServiceSid: string;
}

/** Never throws: an answer that does not come is a finding too. */
export async function inspectTwilio(client: Twilio, settings: InspectSettings, ask: Ask = fetch): Promise<Finding[]> {
  try {
    const service = await client.messaging.v1.services(settings.messagingServiceSid).fetch();
    const senders = await client.messaging.v1.services(settings.messagingServiceSid).phoneNumbers.list({ limit: 50 });
    const findings = [
      finding('Twilio answers and knows the Messaging Service', true, ''),
      finding(
        'the Messaging Service has a number',
        senders.length > 0,
        'add a phone number to it: Messaging, Services, Sender Pool',
      ),
    ];
    const onNumber = service.useInboundWebhookOnNumber;
    if (!onNumber)
      findings.push(
        webhookFinding('the service', service.inboundRequestUrl, settings),
        ...(await inspectFallback(
          { whose: 'the service', kind: 'text', url: service.fallbackUrl, method: service.fallbackMethod },
          settings,
          ask,
        )),
      );
    for (const sender of senders) {
      const number = await client.incomingPhoneNumbers(sender.sid).fetch();
      findings.push(...(await numberFindings(number, onNumber, settings, ask)));
    }
    return findings;
  } catch (error) {
    const mend = `Twilio refused or did not answer (${codeOfFailure(error)}): check TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_MESSAGING_SERVICE_SID`;
    return [finding('Twilio answers and knows the Messaging Service', false, mend)];
  }
}

type ProgramNumber = Awaited<ReturnType<ReturnType<Twilio['incomingPhoneNumbers']>['fetch']>>;

/** Calls to it, and texts too when the service leaves them to its numbers. Somebody in danger may call as well as text. */
async function numberFindings(
  number: ProgramNumber,
  takesTexts: boolean,
  settings: InspectSettings,
  ask: Ask,
): Promise<Finding[]> {
  const whose = `the number that ends in ${number.phoneNumber.slice(-4)}`;
  const text = { whose, kind: 'text', url: number.smsFallbackUrl, method: number.smsFallbackMethod } as const;
  const call = { whose, kind: 'call', url: number.voiceFallbackUrl, method: number.voiceFallbackMethod } as const;
  const texts = takesTexts
    ? [webhookFinding(whose, number.smsUrl, settings), ...(await inspectFallback(text, settings, ask))]
    : [];
  return [...texts, voiceFinding(whose, number.voiceUrl, settings), ...(await inspectFallback(call, settings, ask))];
}

function webhookFinding(whose: string, inbound: string | null, { publicBaseUrl }: InspectSettings): Finding {
  const wanted = `${publicBaseUrl}/twilio/inbound`;
  return finding(
    `the incoming-message webhook of ${whose} points here`,
    (inbound ?? '').split('#')[0] === wanted,
    `set it to ${wanted}#ct=2000&rt=4500&rc=2&rp=all`,
  );
}

function voiceFinding(whose: string, voice: string | null, { publicBaseUrl }: InspectSettings): Finding {
  const wanted = `${publicBaseUrl}/twilio/voice`;
  return finding(
    `the voice URL of ${whose} points here`,
    (voice ?? '').split('#')[0] === wanted,
    `set "A call comes in" to ${wanted}, so that whoever calls hears 911, 988 and the office: docs/operations.md`,
  );
}

function finding(what: string, ok: boolean, mend: string): Finding {
  return { what, ok, mend };
}
