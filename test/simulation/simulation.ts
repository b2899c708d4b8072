// One run: a seed decides everything. Time moves from happening to happening; after each the house comes to rest and the
// checkers look. The first violation ends the run with the seed and the last events.

import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Log, LogFields } from '../../src/app/ports/log.ts';
import { checkCases, replayCases } from './checks/check-cases.ts';
import { checkAtLast, checkEnd } from './checks/check-end.ts';
import { watchDoor } from './checks/check-leaving.ts';
import { checkPosts, checkTexts } from './checks/check-privacy.ts';
import { checkPhones, checkRelayed } from './checks/check-relay.ts';
import { checkDoubles, checkRows } from './checks/check-rows.ts';
import { replayConversations } from './checks/replay-conversations.ts';
import { accuse, createWitness, type Witness } from './checks/witness.ts';
import { openHouse } from './house.ts';
import { type Figures, type SimulationOptions, Violation } from './outcome.ts';
import { type Stage, setStage } from './stage.ts';
import { TownLife } from './town-life.ts';
import type { Wire } from './wire.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVENTS_KEPT = 60;
/** So often the checkers also ask what must have come about by now. */
const LOOK_BACK_STEPS = 25;
/** Turns of the event loop in which the house must have come to rest. */
const REST_LIMIT = 20_000;
/** So many turns without anything that moves are rest: between two requests of a client lie a few. */
const QUIET_TURNS = 6;
/** The quiet at the end, in which everything that is on its way must come about. */
const END_MS = 45 * MINUTE;

export async function simulate(options: SimulationOptions): Promise<Figures> {
  const stage = await setStage(options.seed);
  try {
    return await new Run(stage, options).play();
  } finally {
    await stage.close();
  }
}

class Run {
  readonly #stage: Stage;
  readonly #options: SimulationOptions;
  readonly #witness: Witness;
  readonly #life: TownLife;
  readonly #events: string[] = [];
  readonly #digest = createHash('sha256');
  readonly #wireRandom;
  readonly #told = {
    conversations: new Map<string, number>(),
    cases: new Map<string, number>(),
    texts: 0,
    posts: 0,
    accepted: 0,
    relayed: 0,
  };
  readonly #began = performance.now();
  #crashes = 0;
  #ticking = false;
  #isEnding = false;
  #lastTick = 0;
  #revivedAt: number | null = null;

  constructor(stage: Stage, options: SimulationOptions) {
    this.#stage = stage;
    this.#options = options;
    this.#wireRandom = stage.random.fork('wire');
    const { town, observer, vendors, clock } = stage;
    this.#witness = createWitness({ town, observer, ...vendors, now: clock.now });
    this.#life = new TownLife(stage, this.#witness, {
      note: (line) => this.#note(line),
      crash: (place, downMs) => this.#armCrash(place, downMs),
      jump: (ms) => this.#jump(ms),
    });
  }

  async play(): Promise<Figures> {
    this.#openHouse();
    await this.#options.meddle?.(this.#stage, this.#witness);
    this.#life.begin();
    const startedAt = this.#stage.steady;
    for (let step = 0; step < this.#options.steps; step += 1) {
      await this.#step();
      if (step % LOOK_BACK_STEPS === 0) this.#lookBack();
    }
    const days = (this.#stage.steady - startedAt) / (24 * HOUR);
    await this.#end();
    return this.#figures(days);
  }

  /** The next thing that happens, and sometimes what comes right behind it before the house has come to rest. */
  async #step(): Promise<void> {
    const stage = this.#stage;
    const at = this.#nextAt();
    stage.steady = Math.max(stage.steady, at);
    this.#happen();
    while (this.#wireRandom.chance(0.5)) {
      const soon = this.#nextAt();
      if (soon > stage.steady + 1_000) break;
      stage.steady = Math.max(stage.steady, soon);
      this.#happen();
    }
    await this.#rest();
    this.#life.react();
    await this.#rest();
    await this.#bury();
    this.#check();
  }

  #nextAt(): number {
    const { agenda, vendors, offset } = this.#stage;
    const twilioAt = vendors.twilio.nextStepAt();
    return Math.min(
      agenda.nextAt() ?? Number.POSITIVE_INFINITY,
      twilioAt === null ? Number.POSITIVE_INFINITY : twilioAt - offset,
      this.#nextTickAt(),
    );
  }

  #happen(): void {
    const stage = this.#stage;
    for (const request of stage.vendors.twilio.advance()) this.#life.carryReceipt(request);
    if (this.#nextTickAt() <= stage.steady) return this.#tick();
    const happening = stage.agenda.take(stage.steady);
    if (happening === null) return;
    this.#note(happening.name);
    happening.run();
  }

  /** The minute after something falls due; at least one an hour. What a minute without work would do is left out. */
  #nextTickAt(): number {
    const stage = this.#stage;
    if (stage.house === null || stage.house.life.isOver || this.#ticking) return Number.POSITIVE_INFINITY;
    const due = stage.observer.first<{ at: number | null }>(
      `select min(at) as at from (
         select min(due_at) as at from timers union all select min(due_at) from outbox where status = 'pending'
         union all select min(check_at) from outbox where status = 'unknown'
         union all select min(lease_until_at) from outbox where status = 'claimed')`,
    )?.at;
    const wall = Math.max(
      this.#lastTick,
      Math.min(due ?? Number.POSITIVE_INFINITY, this.#lastTick + (this.#isEnding ? 0 : HOUR)),
    );
    const minute = (Math.floor(wall / MINUTE) + 1) * MINUTE;
    return Math.max(stage.steady, minute - stage.offset);
  }

  #tick(): void {
    const { house } = this.#stage;
    if (house === null) return;
    this.#note('tick');
    this.#lastTick = this.#stage.clock.now();
    this.#ticking = true;
    const done = () => {
      if (this.#stage.house !== house || house.life.isOver) return;
      this.#ticking = false;
      this.#witness.tickedAt = this.#stage.clock.now();
    };
    house.tick().then(done, done);
  }

  /** Until nothing is under way but what waits for a vendor. */
  async #rest(): Promise<void> {
    let turns = 0;
    let moves = -1;
    for (let still = 0; still < QUIET_TURNS; ) {
      await nextTurn();
      turns += 1;
      if (turns > REST_LIMIT)
        throw new Error(`the house does not come to rest: ${this.#stage.house?.life.busy} under way`);
      const life = this.#stage.house?.life;
      const isQuiet = (life?.busy ?? 0) === 0 && (life?.moves ?? 0) === moves && !this.#life.isKnocking;
      still = isQuiet ? still + 1 : 0;
      moves = life?.moves ?? 0;
    }
  }

  #check(): void {
    const stage = this.#stage;
    const witness = this.#witness;
    const { twilio, slack } = stage.vendors;
    const slackState = slack.state();
    const trouble =
      stage.house === null ||
      twilio.state().isDown ||
      twilio.state().rules.length > 0 ||
      slackState.isDown ||
      slackState.authError !== null ||
      slackState.rules.length > 0 ||
      slackState.channels.some(({ isArchived }) => isArchived);
    if (trouble) witness.calmSince = stage.clock.now();
    if (stage.house === null) witness.disturbedAt = stage.clock.now();
    checkRows(witness);
    const { length } = twilio.state().messages;
    if (length !== this.#told.accepted) {
      checkDoubles(witness);
      checkPhones(witness);
    }
    this.#told.relayed = checkRelayed(witness, this.#told.relayed);
    this.#told.accepted = length;
    checkCases(witness);
    replayCases(witness, this.#told.cases);
    replayConversations(witness, stage.content, this.#told.conversations);
    this.#told.texts = checkTexts(witness, this.#told.texts);
    this.#told.posts = checkPosts(witness, this.#told.posts);
    this.#judge();
  }

  #judge(): void {
    if (this.#witness.violations.length === 0) return;
    throw new Violation(this.#options.seed, this.#witness.violations, this.#events);
  }

  async #end(): Promise<void> {
    this.#note('--- quiet ---');
    this.#isEnding = true;
    this.#life.calm();
    const until = this.#stage.steady + END_MS;
    if (this.#stage.house === null) await this.#revive();
    while (this.#nextAt() < until) await this.#step();
    checkAtLast(this.#witness);
    this.#judge();
  }

  #lookBack(): void {
    checkEnd(this.#witness);
    this.#judge();
  }

  #openHouse(): void {
    const { path, content, clock, ids } = this.#stage;
    this.#ticking = false;
    this.#lastTick = clock.now();
    this.#stage.house = openHouse({ path, content, clock, ids, log: this.#log(), wire: this.#wire() });
  }

  #armCrash(place: number, downMs: number): void {
    const { house } = this.#stage;
    if (house === null || this.#isEnding) return;
    house.life.dieAfter(place);
    void house.life.over.then(() => {
      this.#note(`the house dies, for ${downMs / 1_000} s`);
      this.#revivedAt = this.#stage.steady + downMs;
    });
  }

  /** Takes a dead house away, and has the next one come. */
  async #bury(): Promise<void> {
    const stage = this.#stage;
    if (stage.house?.life.isOver) {
      this.#crashes += 1;
      stage.house = null;
      this.#witness.disturbedAt = stage.clock.now();
      const at = this.#revivedAt ?? stage.steady + 5_000;
      stage.agenda.add(at, 'the house is due back', () => {
        this.#revivedAt = at;
      });
      this.#revivedAt = null;
    }
    if (stage.house === null && this.#revivedAt !== null && this.#revivedAt <= stage.steady) await this.#revive();
  }

  async #revive(): Promise<void> {
    this.#revivedAt = null;
    this.#openHouse();
    this.#note('the house is back');
    this.#witness.disturbedAt = this.#stage.clock.now();
    this.#tick();
    await this.#rest();
  }

  #jump(ms: number): void {
    this.#stage.offset += ms;
    const now = this.#stage.clock.now();
    this.#witness.disturbedAt = now;
    this.#witness.calmSince = now;
    this.#witness.tickedAt = Math.min(this.#witness.tickedAt, now);
    // The minute goes on, whatever the clock says: none of the hours that were jumped over counts as idle.
    this.#lastTick = now - HOUR;
    const { alertedAt, pagingSince } = this.#witness;
    for (const times of [alertedAt, pagingSince]) for (const [id, at] of times) times.set(id, Math.min(at, now));
  }

  #wire(): Wire {
    const random = this.#wireRandom;
    const { vendors } = this.#stage;
    return {
      onLeave: (vendor, request) => watchDoor(this.#witness, vendor, request),
      ask: (vendor, request) => vendors[vendor].answer(request),
      delays: () => ({
        requestMs: random.chance(0.05) ? random.between(5, 6_000) : 0,
        answerMs: random.chance(0.12) ? random.between(5, 3_900) : 0,
      }),
      arrivesAnyway: () => random.chance(0.5),
      after: (ms, name, run) => this.#stage.agenda.add(this.#stage.steady + ms, name, run),
    };
  }

  #log(): Log {
    const write = (level: string) => (event: string, fields?: LogFields) => {
      if (level !== 'info') this.#note(`${level} ${event} ${JSON.stringify(fields ?? {})}`);
      if (level === 'error' && !EXPECTED_ERRORS.has(event)) accuse(this.#witness, 'error', `the house logged ${event}`);
    };
    return { info: write('info'), warn: write('warn'), error: write('error') };
  }

  #note(line: string): void {
    const text = `${new Date(this.#stage.clock.now()).toISOString()} ${line}`;
    this.#events.push(text);
    if (this.#events.length > EVENTS_KEPT) this.#events.shift();
    this.#digest.update(text);
    this.#options.onEvent?.(text);
  }

  #figures(days: number): Figures {
    const { observer, vendors } = this.#stage;
    const count = (sql: string) => observer.first<{ n: number }>(sql)?.n ?? 0;
    return {
      seed: this.#options.seed,
      steps: this.#options.steps,
      days: Math.round(days * 10) / 10,
      texts: count('select count(*) as n from inbox'),
      sent: vendors.twilio.state().messages.filter(({ direction }) => direction === 'outbound-api').length,
      posts: vendors.slack.state().messages.length,
      cases: count('select count(*) as n from escalations'),
      relayed: count("select count(*) as n from outbox where message_class = 'human_text'"),
      crashes: this.#crashes,
      troubles: this.#life.troubles,
      ms: Math.round(performance.now() - this.#began),
      digest: this.#digest.digest('hex').slice(0, 12),
    };
  }
}

/** Errors that a house rightly logs when its vendors are in trouble. */
const EXPECTED_ERRORS: ReadonlySet<string> = new Set(['alarm', 'escalation_alarm']);
