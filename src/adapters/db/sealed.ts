// The sealed-column codec: what students say and who they are stands in the database only as text that DATA_KEY opens,
// and each value opens only in the place it was written for. Beside it the keyed hash that phones are looked up by.

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';
import { asPhoneHash, type PhoneHash } from '../../core/model/ids.ts';

const FORMAT = '1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCES_AT_ONCE = 512;

/** Where a sealed value stands. It is bound to this place: moved to another row or column it does not open. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

/** A sealed value does not open. Names the place, never the content. */
export class SealError extends Error {
  override readonly name = 'SealError';
  constructor({ table, column, rowId }: SealedPlace, what: string) {
    super(`${table}.${column} of row "${rowId}" ${what}`);
  }
}

export class SealedCodec {
  /** Short public name of the data key: stored with each value, so that a wrong key is told from a changed row. */
  readonly keyId: string;
  readonly #sealKey: KeyObject;
  readonly #hashKey: KeyObject;
  readonly #nonces = Buffer.alloc(NONCE_BYTES * NONCES_AT_ONCE);
  #nextNonceAt = this.#nonces.length;

  /** `dataKey` is 32 bytes in base64, as DATA_KEY holds it. */
  constructor(dataKey: string) {
    const key = Buffer.from(dataKey, 'base64');
    if (key.length !== 32) {
      throw new Error('DATA_KEY must be 32 random bytes in base64 (make one with: openssl rand -base64 32).');
    }
    this.#sealKey = createSecretKey(derive(key, 'icehouse seal', 32));
    this.#hashKey = createSecretKey(derive(key, 'icehouse phone hash', 32));
    this.keyId = derive(key, 'icehouse key id', 4).toString('hex');
  }

  seal(place: SealedPlace, text: string): string {
    const nonce = this.#takeNonce();
    const cipher = createCipheriv('aes-256-gcm', this.#sealKey, nonce);
    cipher.setAAD(placeBytes(place));
    const start = cipher.update(text, 'utf8');
    const rest = cipher.final();
    const sealed = Buffer.concat([start, rest, cipher.getAuthTag()]);
    return `${FORMAT}:${this.keyId}:${nonce.toString('base64url')}:${sealed.toString('base64url')}`;
  }

  open(place: SealedPlace, value: string): string {
    const [format, keyId, nonce, sealed] = value.split(':');
    if (format !== FORMAT || keyId === undefined || nonce === undefined || sealed === undefined) {
      throw new SealError(place, 'is not a sealed value');
    }
    if (keyId !== this.keyId) {
      throw new SealError(
        place,
        `was sealed with data key ${keyId}, but DATA_KEY is ${this.keyId}: put the old key back`,
      );
    }
    const bytes = Buffer.from(sealed, 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#sealKey, Buffer.from(nonce, 'base64url'), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(placeBytes(place));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      return decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new SealError(place, 'does not open: it was changed, or moved there from another place');
    }
  }

  /** Keyed, so that the hashes of all phone numbers cannot be tried by somebody who has only the file. */
  hashPhone(phone: string): PhoneHash {
    const digest = createHmac('sha256', this.#hashKey).update(phone).digest();
    return asPhoneHash(digest.subarray(0, 16).toString('base64url'));
  }

  #takeNonce(): Buffer {
    if (this.#nextNonceAt === this.#nonces.length) {
      randomFillSync(this.#nonces);
      this.#nextNonceAt = 0;
    }
    const nonce = this.#nonces.subarray(this.#nextNonceAt, this.#nextNonceAt + NONCE_BYTES);
    this.#nextNonceAt += NONCE_BYTES;
    return nonce;
  }
}

function derive(key: Buffer, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, length));
}

function placeBytes({ table, column, rowId }: SealedPlace): Buffer {
  return Buffer.from(`${table}.${column}:${rowId}`);
}
