// The frame of every modal: title, labels of its two buttons, and what it is about, as opaque ids (platforms SL-18).

import type { KnownBlock, ModalView } from '@slack/types';
import type { Modal } from '../../../app/ports/staff-room.ts';
import { type ModalIds, writeIds } from './modal-ids.ts';
import { label, oneLine, plain } from './text.ts';

/** Of the title and of the labels below. */
const TITLE_LIMIT = 24;

export interface Frame {
  readonly callbackId: Modal['kind'] | 'loading';
  readonly title: string;
  readonly blocks: readonly KnownBlock[];
  readonly ids?: ModalIds;
  /** Left out: nothing can be submitted. */
  readonly submit?: string;
  readonly close?: string;
}

export function modalView(frame: Frame): ModalView {
  return {
    type: 'modal',
    callback_id: frame.callbackId,
    title: plain(oneLine(frame.title, TITLE_LIMIT)),
    close: label(frame.close ?? 'Close'),
    ...(frame.submit === undefined ? {} : { submit: label(frame.submit) }),
    private_metadata: writeIds(frame.ids ?? {}),
    blocks: [...frame.blocks],
  };
}
