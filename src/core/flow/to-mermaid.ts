// A flow as Mermaid text: what a person draws on a whiteboard. Every step is a node and every way out an edge; called flows
// are sub-graphs. Words of authors are escaped letter by letter: whatever they write, the picture stays one.

import type { Language } from '../model/people.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { callerOf, qualify } from './link-flow.ts';
import type { Exit } from './step-kind.ts';
import { kindOf, type Step } from './steps/index.ts';

/** Longest piece of a text that a node shows, in characters. */
const LONGEST_PIECE = 60;

/** What stands around the words of a node, by step type. */
const SHAPES: Readonly<Record<Step['type'], readonly [string, string]>> = {
  say: ['[', ']'],
  ask: ['[/', '/]'],
  wait: ['([', '])'],
  branch: ['{', '}'],
  repeat: ['{{', '}}'],
  random: ['{', '}'],
  call: ['[[', ']]'],
  set: ['[', ']'],
  task: ['[', ']'],
  tell_mentor: ['>', ']'],
  escalate: ['>', ']'],
  end: ['((', '))'],
};

/** Fill, line and letters are all given, so that a dark page changes none of them. */
const COLOURS: Readonly<Record<string, { readonly types: readonly Step['type'][]; readonly style: string }>> = {
  says: { types: ['say'], style: 'fill:#dbeafe,stroke:#1d4ed8,color:#172554' },
  asks: { types: ['ask'], style: 'fill:#fef3c7,stroke:#b45309,color:#451a03' },
  waits: { types: ['wait'], style: 'fill:#e5e7eb,stroke:#4b5563,color:#111827' },
  decides: { types: ['branch', 'repeat', 'random'], style: 'fill:#ede9fe,stroke:#6d28d9,color:#2e1065' },
  calls: { types: ['call'], style: 'fill:#ccfbf1,stroke:#0f766e,color:#042f2e' },
  notes: { types: ['set', 'task'], style: 'fill:#f1f5f9,stroke:#475569,color:#0f172a' },
  tells: { types: ['tell_mentor', 'escalate'], style: 'fill:#fee2e2,stroke:#b91c1c,color:#450a0a' },
  ends: { types: ['end'], style: 'fill:#374151,stroke:#111827,color:#f9fafb' },
};

/** The flow as a flowchart from top to bottom, with its texts in one language. Ends with a line break. */
export function toMermaid(flow: CompiledFlow, language: Language): string {
  const ids = new Map(Object.keys(flow.steps).map((name, index) => [name, `s${index}`]));
  const idOf = (name: string): string => ids.get(name) ?? 'unknown';
  const edges = Object.entries(flow.steps).flatMap(([name, step]) => [
    ...[flow.scopes.get(name)].flatMap((scope) => (scope ? [`${idOf(name)} -.-> ${idOf(scope.start)}`] : [])),
    ...kindOf(step)
      .exits(step)
      .map((exit) => edge(idOf(name), labelOf(step, exit), idOf(qualify(exit.to, name)))),
  ]);
  return [
    'flowchart TD',
    `  begin(["${escaped(flow.id)}"]) --> ${idOf(flow.start)}`,
    ...drawn(flow, null, { language, idOf }).map((line) => `  ${line}`),
    ...edges.map((line) => `  ${line}`),
    ...Object.entries(COLOURS).flatMap(([name, { types, style }]) => {
      const members = Object.entries(flow.steps).filter(([, { type }]) => types.includes(type));
      if (members.length === 0) return [];
      return [`  classDef ${name} ${style}`, `  class ${members.map(([step]) => idOf(step)).join(',')} ${name}`];
    }),
    '',
  ].join('\n');
}

interface Drawing {
  readonly language: Language;
  readonly idOf: (name: string) => string;
}

/** The nodes of the flow that `caller` calls (null: of the outermost), each followed by what it calls itself. */
function drawn(flow: CompiledFlow, caller: string | null, drawing: Drawing): string[] {
  return Object.entries(flow.steps)
    .filter(([name]) => callerOf(name) === caller)
    .flatMap(([name, step]) => {
      const scope = flow.scopes.get(name);
      const node = nodeOf(name, step, drawing);
      if (scope === undefined) return [node];
      const inner = drawn(flow, name, drawing).map((line) => `  ${line}`);
      return [node, `subgraph ${drawing.idOf(name)}_flow ["${escaped(scope.flow)}"]`, ...inner, 'end'];
    });
}

function nodeOf(name: string, step: Step, { language, idOf }: Drawing): string {
  const [open, close] = SHAPES[step.type];
  const own = name.slice(name.lastIndexOf('.') + 1);
  const about = shortened(aboutOf(step, language));
  const second = about === '' ? step.type : `${step.type} · ${escaped(about)}`;
  return `${idOf(name)}${open}"${escaped(own)}<br/>${second}"${close}`;
}

function edge(from: string, label: string, to: string): string {
  return label === '' ? `${from} --> ${to}` : `${from} -->|"${escaped(shortened(label))}"| ${to}`;
}

/** What a node says beside its type: its text where it has one, else what it does. */
function aboutOf(step: Step, language: Language): string {
  const [first] = kindOf(step).texts(step);
  if (step.type === 'escalate') return `${step.tier}: ${step.reason}`;
  if (first !== undefined) return first.text[language];
  switch (step.type) {
    case 'wait':
      return pauseOf(step);
    case 'branch':
      return step.on;
    case 'repeat':
      return `${step.times} ${step.times === 1 ? 'time' : 'times'} at most`;
    case 'random':
      return step.experiment;
    case 'call':
      return step.flow;
    case 'set':
      return `${step.variable} = ${step.to}`;
    case 'task':
      return step.again_on === undefined ? step.status : `${step.status}, again on ${step.again_on}`;
    case 'end':
      return step.result ?? '';
    default:
      return '';
  }
}

function pauseOf({ for: duration, until, before, after, on, at }: Extract<Step, { type: 'wait' }>): string {
  const offset = before === undefined ? after && `${after} after ` : `${before} before `;
  return [
    duration === undefined ? '' : `for ${duration}`,
    until === undefined ? '' : `until ${offset ?? ''}${until}`,
    on === undefined ? '' : `until ${on}`,
    at === undefined ? '' : `at ${at}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** The way's name as people say it. */
function labelOf(step: Step, { path }: Exit): string {
  const [first, second] = path;
  if (first === 'invalid') return 'invalid';
  if (first === 'no_reply') return step.type === 'ask' ? `no reply after ${step.no_reply.after}` : 'no reply';
  if (first === 'cases' && step.type === 'branch') return caseOf(step.cases[Number(second)]);
  if (first === 'next') return nextOf(step);
  if (first === 'then') return 'not any more';
  return String(second ?? first ?? '');
}

function nextOf(step: Step): string {
  if (step.type === 'repeat') return 'again';
  const hasOthers = (step.type === 'ask' || step.type === 'call') && step.on !== undefined;
  if (hasOthers) return 'else';
  return step.type === 'ask' ? 'answered' : '';
}

function caseOf(one: Extract<Step, { type: 'branch' }>['cases'][number] | undefined): string {
  const { is, at_least, at_most, before, after } = one ?? {};
  return [
    is === undefined ? '' : [is].flat().join(' or '),
    at_least === undefined ? '' : `at least ${at_least}`,
    at_most === undefined ? '' : `at most ${at_most}`,
    before === undefined ? '' : `before ${before}`,
    after === undefined ? '' : `after ${after}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/gu, ' ').trim();
  const letters = [...plain];
  return letters.length <= LONGEST_PIECE
    ? plain
    : `${letters
        .slice(0, LONGEST_PIECE - 1)
        .join('')
        .trimEnd()}…`;
}

/** Letters, digits and marks that mean nothing to Mermaid stay; all else becomes its number, which Mermaid draws. */
function escaped(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} .,!?¿¡'’…$_-]/gu, (letter) => `#${letter.codePointAt(0) ?? 0};`);
}
