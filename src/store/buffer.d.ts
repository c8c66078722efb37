// Methods that Node's Buffer has and documents nowhere (lib/internal/buffer.js): they skip the choice of encoding, which
// at intake's rate is most of the call.
interface Buffer {
  latin1Write(text: string, offset?: number, length?: number): number
  latin1Slice(start?: number, end?: number): string
  hexSlice(start?: number, end?: number): string
}
