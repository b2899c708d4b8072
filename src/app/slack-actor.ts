// How a case and the audit know somebody who acts in Slack without being on the roster.

const IN_SLACK = 'slack:';

/** Somebody who acts in Slack without being on the roster of counselors is known by their Slack id. */
export function slackActor(slackUserId: string): string {
  return `${IN_SLACK}${slackUserId}`;
}

/**
 * Whether an id that a case keeps is this person's. Somebody whose row came with a later roster did their earlier deeds
 * under their Slack id.
 */
export function isActor(
  { actorId, slackUserId }: { readonly actorId: string; readonly slackUserId: string },
  kept: string | null,
): boolean {
  return kept === actorId || kept === slackActor(slackUserId);
}

/** The Slack id behind `slackActor`; null for an id of the roster. */
export function slackUserOf(actorId: string): string | null {
  return actorId.startsWith(IN_SLACK) ? actorId.slice(IN_SLACK.length) : null;
}
