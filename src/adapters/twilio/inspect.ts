// What `icehouse doctor` asks Twilio: is the account alive, and do its webhooks point at this house and beyond it.

import type { Twilio } from 'twilio';
import type { Finding } from '../../app/ports/finding.ts';
import { codeOfFailure } from './failure.ts';

/** Never throws: an answer that does not come is a finding too. */
export async function inspectTwilio(
  client: Twilio,
  settings: { readonly messagingServiceSid: string; readonly publicBaseUrl: string },
): Promise<Finding[]> {
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
    const { publicBaseUrl } = settings;
    const onNumber = service.useInboundWebhookOnNumber;
    if (!onNumber)
      findings.push(...webhookFindings('the service', service.inboundRequestUrl, service.fallbackUrl, publicBaseUrl));
    for (const sender of senders) {
      const number = await client.incomingPhoneNumbers(sender.sid).fetch();
      const whose = `the number that ends in ${number.phoneNumber.slice(-4)}`;
      if (onNumber) findings.push(...webhookFindings(whose, number.smsUrl, number.smsFallbackUrl, publicBaseUrl));
      findings.push(...voiceFindings(whose, number.voiceUrl, number.voiceFallbackUrl, publicBaseUrl));
    }
    return findings;
  } catch (error) {
    const mend = `Twilio refused or did not answer (${codeOfFailure(error)}): check TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_MESSAGING_SERVICE_SID`;
    return [finding('Twilio answers and knows the Messaging Service', false, mend)];
  }
}

function webhookFindings(
  whose: string,
  inbound: string | null,
  fallback: string | null,
  publicBaseUrl: string,
): Finding[] {
  const wanted = `${publicBaseUrl}/twilio/inbound`;
  const bare = (inbound ?? '').split('#')[0];
  return [
    finding(
      `the incoming-message webhook of ${whose} points here`,
      bare === wanted,
      `set it to ${wanted}#ct=2000&rt=4500&rc=2&rp=all`,
    ),
    finding(
      `the fallback URL of ${whose} is set, on another host`,
      isElsewhere(fallback, publicBaseUrl),
      'set a fallback URL that is hosted elsewhere, so that a student in danger gets an answer while this house is down: docs/operations.md',
    ),
  ];
}

/** Somebody in danger may call the number that texts them. */
function voiceFindings(whose: string, voice: string | null, fallback: string | null, publicBaseUrl: string): Finding[] {
  const wanted = `${publicBaseUrl}/twilio/voice`;
  return [
    finding(
      `the voice URL of ${whose} points here`,
      (voice ?? '').split('#')[0] === wanted,
      `set "A call comes in" to ${wanted}, so that whoever calls hears 911, 988 and the office: docs/operations.md`,
    ),
    finding(
      `the voice fallback URL of ${whose} is set, on another host`,
      isElsewhere(fallback, publicBaseUrl),
      'set "Primary handler fails" to the file for calls that is hosted elsewhere: docs/operations.md',
    ),
  ];
}

/** An address that can be asked, and not on the host that is down when it is needed. */
function isElsewhere(address: string | null, publicBaseUrl: string): boolean {
  if (address === null || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' && hostname !== new URL(publicBaseUrl).hostname;
}

function finding(what: string, ok: boolean, mend: string): Finding {
  return { what, ok, mend };
}
