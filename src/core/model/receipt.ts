// Delivery receipts: the vendor's later words on an outbound message, and which of two says more.

const RANKS: Readonly<Record<string, number>> = {
  scheduled: 0,
  accepted: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  delivered: 5,
  undelivered: 5,
  failed: 5,
  canceled: 5,
  read: 6,
};

/**
 * How far along a status is: scheduled < accepted < queued < sending < sent < delivered, undelivered, failed,
 * canceled < read (platforms ST-02). Callbacks come doubled and out of order, so a lower rank never overwrites a
 * higher one. An unknown word ranks below all of them.
 */
export function receiptRank(status: string): number {
  return RANKS[status] ?? -1;
}

/** Whether nothing more is to be expected after this status (but `read`). */
export function isFinal(status: string): boolean {
  return receiptRank(status) >= 5;
}
