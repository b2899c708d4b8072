// How a case and the audit know somebody who acts in Slack without being on the roster.

const IN_SLACK = 'slack:';

/** Somebody who acts in Slack without being on the roster of counselors is known by their Slack id. */
export function slackActor(slackUserId: string): string {
  return `${IN_SLACK}${slackUserId}`;
}

/** The Slack id behind `slackActor`; null for an id of the roster. */
export function slackUserOf(actorId: string): string | null {
  return actorId.startsWith(IN_SLACK) ? actorId.slice(IN_SLACK.length) : null;
}
