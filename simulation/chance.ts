/**
 * Random numbers from a seed. Each name has its own sequence, so that one more number for one purpose does not change
 * the numbers for another purpose.
 */
import { createHash } from 'node:crypto';

/** The generator sfc32 with 128 bits of state. It is good enough for a simulation, but its numbers can be predicted. */
const sfc32 = (state: Uint32Array): (() => number) => {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  return () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
};

export class Chance {
  private readonly draw: () => number;

  /** The same name gives the same numbers. */
  constructor(private readonly name: string) {
    const hash = createHash('sha256').update(name).digest();
    this.draw = sfc32(new Uint32Array([0, 4, 8, 12].map((at) => hash.readUInt32LE(at))));
  }

  /** An independent sequence for this purpose. */
  of(purpose: string): Chance {
    return new Chance(`${this.name}/${purpose}`);
  }

  /** A number from 0 (included) to 1 (excluded). */
  number(): number {
    return this.draw() / 2 ** 32;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.draw() & 0xff);
  }

  /** A random UUID (RFC 9562 §5.4). */
  uuid(): string {
    const hex = Buffer.from(this.bytes(16)).toString('hex');
    const variant = ((parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
