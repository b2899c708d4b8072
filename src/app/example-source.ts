// What an example for the screen is written after, as one opaque text for a button's value and a form's metadata.

import { unreachable } from '../core/model/invariant.ts';
import type { ExampleSource } from './ports/staff-room.ts';

/** `case/ID`, `text/ID`, or empty for somebody's own words. */
export function subjectOfExample(source: ExampleSource): string {
  switch (source.kind) {
    case 'case':
      return `case/${source.escalationId}`;
    case 'text':
      return `text/${source.inboundId}`;
    case 'own':
      return '';
    default:
      return unreachable(source);
  }
}
