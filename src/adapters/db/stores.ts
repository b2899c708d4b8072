// The stores of one handler, each made when it is first asked for, all on the same session.

import type { Ids } from '../../app/ports/clock.ts';
import type { Stores } from '../../app/ports/database.ts';
import { SqlAuditStore } from './audit-store.ts';
import { SqlCaseReportStore } from './case-report-store.ts';
import { SqlConsentStore } from './consent-store.ts';
import { SqlContentStore } from './content-store.ts';
import { SqlConversationStore } from './conversation-store.ts';
import { SqlEscalationStore } from './escalation-store.ts';
import { SqlHouseStore } from './house-store.ts';
import { SqlInboxStore } from './inbox-store.ts';
import { SqlMentorListStore } from './mentor-list-store.ts';
import { SqlOutboxStore } from './outbox-store.ts';
import { SqlPauseStore } from './pause-store.ts';
import { SqlPeopleStore } from './people-store.ts';
import { SqlPromptStore } from './prompt-store.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';
import { SqlSlackPeopleStore } from './slack-people-store.ts';
import { SqlTaskStore } from './task-store.ts';
import { SqlTimerStore } from './timer-store.ts';
import { SqlTodoStore } from './todo-store.ts';

/** What stores need besides a session. */
export interface StoreTools {
  readonly codec: SealedCodec;
  readonly ids: Ids;
}

export function createStores(session: Session, { codec, ids }: StoreTools): Stores {
  return new SessionStores(session, codec, ids);
}

class SessionStores implements Stores {
  readonly #session: Session;
  readonly #codec: SealedCodec;
  readonly #ids: Ids;
  #people: SqlPeopleStore | undefined;
  #consents: SqlConsentStore | undefined;
  #tasks: SqlTaskStore | undefined;
  #conversations: SqlConversationStore | undefined;
  #timers: SqlTimerStore | undefined;
  #inbox: SqlInboxStore | undefined;
  #outbox: SqlOutboxStore | undefined;
  #escalations: SqlEscalationStore | undefined;
  #mentorList: SqlMentorListStore | undefined;
  #content: SqlContentStore | undefined;
  #house: SqlHouseStore | undefined;
  #pauses: SqlPauseStore | undefined;
  #caseReports: SqlCaseReportStore | undefined;
  #audit: SqlAuditStore | undefined;
  #prompts: SqlPromptStore | undefined;
  #todos: SqlTodoStore | undefined;
  #slackPeople: SqlSlackPeopleStore | undefined;

  // Properties, so that a handler may take its stores apart.
  readonly savepoint: Stores['savepoint'] = (work) => this.#session.savepoint(work);
  readonly lockPerson: Stores['lockPerson'] = (phoneHash) => this.#session.lock(phoneHash);

  constructor(session: Session, codec: SealedCodec, ids: Ids) {
    this.#session = session;
    this.#codec = codec;
    this.#ids = ids;
  }

  get people(): SqlPeopleStore {
    this.#people ??= new SqlPeopleStore(this.#session, this.#codec);
    return this.#people;
  }

  get consents(): SqlConsentStore {
    this.#consents ??= new SqlConsentStore(this.#session);
    return this.#consents;
  }

  get tasks(): SqlTaskStore {
    this.#tasks ??= new SqlTaskStore(this.#session);
    return this.#tasks;
  }

  get conversations(): SqlConversationStore {
    this.#conversations ??= new SqlConversationStore(this.#session, this.#codec);
    return this.#conversations;
  }

  get timers(): SqlTimerStore {
    this.#timers ??= new SqlTimerStore(this.#session);
    return this.#timers;
  }

  get inbox(): SqlInboxStore {
    this.#inbox ??= new SqlInboxStore(this.#session, this.#codec);
    return this.#inbox;
  }

  get outbox(): SqlOutboxStore {
    this.#outbox ??= new SqlOutboxStore(this.#session, this.#codec, this.#ids);
    return this.#outbox;
  }

  get escalations(): SqlEscalationStore {
    this.#escalations ??= new SqlEscalationStore(this.#session, this.#codec);
    return this.#escalations;
  }

  get mentorList(): SqlMentorListStore {
    this.#mentorList ??= new SqlMentorListStore(this.#session, this.#codec);
    return this.#mentorList;
  }

  get content(): SqlContentStore {
    this.#content ??= new SqlContentStore(this.#session);
    return this.#content;
  }

  get house(): SqlHouseStore {
    this.#house ??= new SqlHouseStore(this.#session);
    return this.#house;
  }

  get pauses(): SqlPauseStore {
    this.#pauses ??= new SqlPauseStore(this.#session);
    return this.#pauses;
  }

  get caseReports(): SqlCaseReportStore {
    this.#caseReports ??= new SqlCaseReportStore(this.#session);
    return this.#caseReports;
  }

  get audit(): SqlAuditStore {
    this.#audit ??= new SqlAuditStore(this.#session);
    return this.#audit;
  }

  get prompts(): SqlPromptStore {
    this.#prompts ??= new SqlPromptStore(this.#session, this.#codec, this.#ids);
    return this.#prompts;
  }

  get todos(): SqlTodoStore {
    this.#todos ??= new SqlTodoStore(this.#session, this.#codec);
    return this.#todos;
  }

  get slackPeople(): SqlSlackPeopleStore {
    this.#slackPeople ??= new SqlSlackPeopleStore(this.#session);
    return this.#slackPeople;
  }
}
