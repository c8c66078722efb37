import { compactRoom, writeCompact } from './compact-text.ts'

const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const FIRST = 4 << 20

/** A finished COPY: the first `length` bytes of a buffer that goes back to its writer when they have been sent. */
export type Filled = { buffer: ArrayBuffer; length: number }

/**
 * Writes rows in PostgreSQL's binary COPY format (documentation, COPY, "Binary Format").
 * Binary, because hexadecimal text would double every sealed byte. A filled buffer is handed over whole and comes back
 * by `reuse`: memory outside the heap is collected late, and a file of any size must not leave it behind.
 */
export class CopyBuffer {
  readonly #first: number
  #spare: ArrayBuffer[] = []
  #buffer: Buffer<ArrayBuffer>
  #at: number

  constructor(first: number = FIRST) {
    this.#first = first
    this.#buffer = Buffer.from(new ArrayBuffer(first))
    this.#at = HEADER.copy(this.#buffer)
  }

  /** Takes back a buffer that has been sent. */
  reuse(buffer: ArrayBuffer): void {
    if (this.#spare.length < 4) this.#spare.push(buffer)
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const larger = Buffer.from(new ArrayBuffer(Math.max(this.#buffer.length * 2, this.#at + bytes)))
    this.#buffer.copy(larger, 0, 0, this.#at)
    this.#buffer = larger
  }

  /** Starts a row of so many columns; keeps room for its fixed-width ones. */
  row(columns: number): void {
    this.#room(512)
    this.#at = this.#buffer.writeInt16BE(columns, this.#at)
  }

  /** The first `bytes` of a binary string, as a column of that width. */
  binary(text: string, bytes: number): void {
    this.#at = this.#buffer.writeInt32BE(bytes, this.#at)
    this.#at += this.#buffer.latin1Write(text, this.#at, bytes)
  }

  /** A bigint whose top 54 bits are given as two numbers; the 10 bits of the version are zero. Returns where it stands. */
  naturalKey(halves: Int32Array): number {
    this.#at = this.#buffer.writeInt32BE(8, this.#at)
    this.#at = this.#buffer.writeInt32BE(halves[0] ?? 0, this.#at)
    this.#at = this.#buffer.writeInt32BE(halves[1] ?? 0, this.#at)
    return this.#at - 8
  }

  int4(value: number): void {
    this.#at = this.#buffer.writeInt32BE(4, this.#at)
    this.#at = this.#buffer.writeInt32BE(value, this.#at)
  }

  int2(value: number): void {
    this.#at = this.#buffer.writeInt32BE(2, this.#at)
    this.#at = this.#buffer.writeInt16BE(value, this.#at)
  }

  text(value: string): void {
    this.#room(4 + value.length * 3)
    const written = this.#buffer.write(value, this.#at + 4)
    this.#buffer.writeInt32BE(written, this.#at)
    this.#at += 4 + written
  }

  /** Text in two bytes a Chinese character, into a bytea column. */
  compact(value: string): void {
    this.#room(4 + compactRoom(value.length))
    const written = writeCompact(this.#buffer, this.#at + 4, value)
    this.#buffer.writeInt32BE(written, this.#at)
    this.#at += 4 + written
  }

  /** A column of one byte and text, the text still plain: returns where it stands and its length. */
  toSeal(first: number, value: string): { at: number; length: number } {
    this.#room(5 + compactRoom(value.length))
    const at = this.#at + 5
    const length = writeCompact(this.#buffer, at, value)
    this.#buffer.writeInt32BE(length + 1, this.#at)
    this.#buffer[this.#at + 4] = first
    this.#at = at + length
    return { at, length }
  }

  bytes(value: Uint8Array): void {
    this.#room(4 + value.length)
    this.#at = this.#buffer.writeInt32BE(value.length, this.#at)
    this.#buffer.set(value, this.#at)
    this.#at += value.length
  }

  empty(): void {
    this.#room(4)
    this.#at = this.#buffer.writeInt32BE(0, this.#at)
  }

  null(): void {
    this.#room(4)
    this.#at = this.#buffer.writeInt32BE(-1, this.#at)
  }

  copyTo(target: Buffer, targetAt: number, from: number, bytes: number): void {
    this.#buffer.copy(target, targetAt, from, from + bytes)
  }

  /** The rows so far with the trailer; the writer goes on in another buffer. `seal` sees the buffer before. */
  finish(seal?: (buffer: Buffer) => void): Filled {
    seal?.(this.#buffer)
    this.#room(2)
    const length = this.#buffer.writeInt16BE(-1, this.#at)
    const { buffer } = this.#buffer
    this.#buffer = Buffer.from(this.#spare.pop() ?? new ArrayBuffer(this.#first))
    this.#at = HEADER.copy(this.#buffer)
    return { buffer, length }
  }
}
