// The JSON that Twilio's REST API gives for what it holds: messages, account, number, service.

import { describeDeliveryError } from './errors.ts';
import type { TwilioMessage, TwilioSettings, TwilioState } from './state.ts';

type Shown = Pick<TwilioState, 'settings' | 'console'>;

/** A Message resource. Counts are strings and dates RFC 2822, as Twilio gives them. */
export function toMessageResource(settings: TwilioSettings, message: TwilioMessage) {
  const uri = `/2010-04-01/Accounts/${settings.accountSid}/Messages/${message.sid}`;
  return {
    account_sid: settings.accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: toRfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : toRfc2822(message.sentAt),
    date_updated: toRfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode === null ? null : describeDeliveryError(message.errorCode),
    from: message.status === 'accepted' ? null : message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.mediaCount),
    // A service has not split the text yet when it accepts it.
    num_segments: message.status === 'accepted' ? '0' : String(message.segments),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** The list of what came along with a message. Each has the last part of its address for an id. */
export function toMediaPage(settings: TwilioSettings, message: TwilioMessage) {
  const path = `/2010-04-01/Accounts/${settings.accountSid}/Messages/${message.sid}/Media`;
  const uri = `${path}.json?PageSize=50&Page=0`;
  const media = message.media ?? [];
  return {
    end: Math.max(0, media.length - 1),
    first_page_uri: uri,
    media_list: media.map(({ url, contentType }) => {
      const sid = url.slice(url.lastIndexOf('/') + 1);
      return {
        account_sid: settings.accountSid,
        content_type: contentType,
        date_created: toRfc2822(message.createdAt),
        date_updated: toRfc2822(message.updatedAt),
        parent_sid: message.sid,
        sid,
        uri: `${path}/${sid}.json`,
      };
    }),
    next_page_uri: null,
    page: 0,
    page_size: 50,
    previous_page_uri: null,
    start: 0,
    uri,
  };
}

/** The Account resource. */
export function toAccountResource(settings: TwilioSettings) {
  const uri = `/2010-04-01/Accounts/${settings.accountSid}`;
  return {
    auth_token: settings.authToken,
    date_created: toRfc2822(0),
    date_updated: toRfc2822(0),
    friendly_name: 'Rehearsal',
    owner_account_sid: settings.accountSid,
    sid: settings.accountSid,
    status: 'active',
    subresource_uris: { messages: `${uri}/Messages.json`, incoming_phone_numbers: `${uri}/IncomingPhoneNumbers.json` },
    type: 'Full',
    uri: `${uri}.json`,
  };
}

/** The IncomingPhoneNumber resource. A number in a service leaves its own webhook empty, so `smsUrl` may be ''. */
export function toNumberResource({ settings, console }: Shown, smsUrl: string) {
  const sid = toNumberSid(settings);
  return {
    account_sid: settings.accountSid,
    address_requirements: 'none',
    address_sid: null,
    api_version: '2010-04-01',
    beta: false,
    bundle_sid: null,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    date_created: toRfc2822(0),
    date_updated: toRfc2822(0),
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    friendly_name: settings.programNumber,
    identity_sid: null,
    origin: 'twilio',
    phone_number: settings.programNumber,
    sid,
    sms_application_sid: '',
    sms_fallback_method: 'POST',
    sms_fallback_url: console.fallbackUrl ?? smsUrl,
    sms_method: 'POST',
    sms_url: smsUrl,
    status: 'in-use',
    status_callback: '',
    status_callback_method: 'POST',
    trunk_sid: null,
    type: 'local',
    uri: `/2010-04-01/Accounts/${settings.accountSid}/IncomingPhoneNumbers/${sid}.json`,
    voice_application_sid: null,
    voice_caller_id_lookup: false,
    voice_fallback_method: 'POST',
    voice_fallback_url: console.voiceFallbackUrl,
    voice_method: 'POST',
    voice_receive_mode: 'voice',
    voice_url: console.voiceUrl,
  };
}

/** The Messaging Service resource. `inboundUrl` is the webhook that inbound texts go to. */
export function toServiceResource({ settings, console }: Shown, inboundUrl: string) {
  const url = `https://messaging.twilio.com/v1/Services/${settings.messagingServiceSid}`;
  return {
    account_sid: settings.accountSid,
    area_code_geomatch: true,
    date_created: toIso(0),
    date_updated: toIso(0),
    fallback_method: 'POST',
    fallback_to_long_code: false,
    fallback_url: console.fallbackUrl ?? inboundUrl,
    friendly_name: 'Rehearsal program',
    inbound_method: 'POST',
    inbound_request_url: inboundUrl,
    links: { phone_numbers: `${url}/PhoneNumbers` },
    mms_converter: true,
    scan_message_content: 'inherit',
    sid: settings.messagingServiceSid,
    smart_encoding: false,
    status_callback: null,
    sticky_sender: true,
    synchronous_validation: false,
    url,
    us_app_to_person_registered: true,
    use_inbound_webhook_on_number: false,
    usecase: 'undeclared',
    validity_period: 36_000,
  };
}

/** The number as a member of the Messaging Service. */
export function toServiceNumberResource(settings: TwilioSettings) {
  const sid = toNumberSid(settings);
  return {
    account_sid: settings.accountSid,
    capabilities: ['SMS', 'MMS', 'Voice'],
    country_code: 'US',
    date_created: toIso(0),
    date_updated: toIso(0),
    phone_number: settings.programNumber,
    service_sid: settings.messagingServiceSid,
    sid,
    url: `https://messaging.twilio.com/v1/Services/${settings.messagingServiceSid}/PhoneNumbers/${sid}`,
  };
}

/** The id of the one number. */
export function toNumberSid(settings: TwilioSettings): string {
  return `PN${settings.accountSid.slice(2)}`;
}

export function toRfc2822(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

function toIso(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
