// Names of things, as branded strings: an id of one kind cannot be handed where another is meant.
// The brand is given once, at a parse border (a row read, a new id made), by the `as…` functions here.

declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type MenteeId = Id<'mentee'>;
export type MentorId = Id<'mentor'>;
export type CounselorId = Id<'counselor'>;
export type StaffId = Id<'staff'>;
export type ConversationId = Id<'conversation'>;
export type EscalationId = Id<'escalation'>;
export type InboundId = Id<'inbound'>;
export type OutboundId = Id<'outbound'>;
export type MentorPromptId = Id<'mentor_prompt'>;
/** Hash of a flow's structure (steps, types, exits, options, variables), which a conversation pins. */
export type StructureHash = Id<'structure'>;
/** Keyed hash of a phone number: what rows are found by, so that no number stands in an index. */
export type PhoneHash = Id<'phone'>;
/** Phone number in E.164 form (`+12135550123`). */
export type Phone = Id<'e164'>;

export const asMenteeId = (id: string): MenteeId => id as MenteeId;
export const asMentorId = (id: string): MentorId => id as MentorId;
export const asCounselorId = (id: string): CounselorId => id as CounselorId;
export const asConversationId = (id: string): ConversationId => id as ConversationId;
export const asStaffId = (id: string): StaffId => id as StaffId;
export const asEscalationId = (id: string): EscalationId => id as EscalationId;
export const asInboundId = (id: string): InboundId => id as InboundId;
export const asMentorPromptId = (id: string): MentorPromptId => id as MentorPromptId;
export const asOutboundId = (id: string): OutboundId => id as OutboundId;
export const asStructureHash = (hash: string): StructureHash => hash as StructureHash;
export const asPhoneHash = (hash: string): PhoneHash => hash as PhoneHash;
export const asPhone = (e164: string): Phone => e164 as Phone;
